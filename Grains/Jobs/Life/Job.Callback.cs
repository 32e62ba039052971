using System.Globalization;
using JobTracker.Grains.Callbacks.Delivery;
using JobTracker.Grains.Jobs.Callbacks;
using JobTracker.Jobs;

namespace JobTracker.Grains.Jobs.Life;

internal sealed partial record Job
{
    /// <summary>RFC 9110, 15.5.11: the receiver wants no more, which is not a schedule that ran out.</summary>
    private const int Gone = 410;

    /// <summary>Whether an attempt of the callback is due.</summary>
    public bool OwesCallback(DateTimeOffset now) => Snapshot.Callback?.NextAttemptAt <= now;

    /// <summary>
    /// The job as it must be stored after <paramref name="before"/>: having just
    /// entered a status that its callback tells, it owes the first attempt.
    /// </summary>
    public Job OwingCallback(Job? before, CallbackSchedule schedule, double sample)
    {
        var ends = Snapshot.Status.IsTerminal && before is null or { Snapshot.Status.IsTerminal: false };
        return ends && Snapshot.Callback is { } callback && callback.Events.Contains(Snapshot.Status)
            ? this with
            {
                Snapshot = Snapshot with
                {
                    Callback = callback with
                    {
                        NextAttemptAt = After(Snapshot.UpdatedAt, schedule.DelayBefore(1, last: null, sample))
                    }
                }
            }
            : this;
    }

    /// <summary>
    /// What an attempt changes. One that comes late, after the callback was delivered
    /// or given up, counts and is remembered; only a success among them is news.
    /// </summary>
    public Decision Decide(CallbackAttempt attempt, CallbackSchedule schedule, double sample, Act act)
    {
        if (Snapshot.Callback is not { } callback)
            return new Decision.Keep();
        var told = callback with { Attempts = callback.Attempts + 1 };
        if (attempt.IsDelivered || callback.NextAttemptAt is not null)
        {
            var delay = schedule.DelayBefore(told.Attempts - CallbackLog.BeforeRound + 1, attempt.Answer, sample);
            var isGivenUp = !attempt.IsDelivered && delay is null && attempt.StatusCode != Gone;
            told = told with
            {
                SentAt = attempt.At.ToMicroseconds(),
                StatusCode = attempt.StatusCode,
                Error = isGivenUp ? string.Create(
                    CultureInfo.InvariantCulture, $"{attempt.Error}; given up after {told.Attempts} attempts") : attempt.Error,
                NextAttemptAt = After(act.At, delay),
                DeliveredAt = attempt.IsDelivered ? callback.DeliveredAt ?? act.At : null,
            };
        }

        return (this with { CallbackLog = CallbackLog.With(attempt) }).StoreIfChanged(Snapshot with { Callback = told }, act);
    }

    /// <summary>Owes the callback anew. What it tells is the same event, so its id is the same; attempts go on being counted.</summary>
    public Decision Decide(RedeliverCallback command, Act act)
    {
        if (Mismatch(command.ExpectedVersion, Snapshot.Version) is { } stale)
            return new Decision.Refuse(stale);
        if (RedeliveryProblem() is { } problem)
            return new Decision.Refuse(new Refusal.NothingToRedeliver(Snapshot.Status, problem));
        var callback = Snapshot.Callback!;
        return (this with { CallbackLog = CallbackLog with { BeforeRound = callback.Attempts } })
            .StoreIfChanged(Snapshot with { Callback = callback with { NextAttemptAt = act.At, DeliveredAt = null } }, act);
    }

    private string? RedeliveryProblem() => Snapshot switch
    {
        { Callback: null } => "The job has no callback_url.",
        { Status.IsTerminal: false } => $"The job is {Snapshot.Status.Word}; its callback is sent when it ends.",
        { Callback.Events: var events } when !events.Contains(Snapshot.Status) =>
            $"The job is {Snapshot.Status.Word}, which its callback_events do not name.",
        _ => null,
    };

    private static DateTimeOffset? After(DateTimeOffset moment, TimeSpan? delay) => (moment + delay)?.ToMicroseconds();
}
