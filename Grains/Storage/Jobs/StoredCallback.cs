using System.Collections.Immutable;
using JobTracker.Grains.Jobs.Callbacks;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Jobs;

/// <summary>The column callback: its public side and its log. Rows from before there was a log have none of its members.</summary>
internal sealed record StoredCallback(
    string Url,
    ImmutableArray<JobStatus> Events,
    DateTimeOffset? SentAt,
    int? StatusCode,
    string? Error,
    int Attempts,
    DateTimeOffset? NextAttemptAt,
    DateTimeOffset? DeliveredAt,
    ImmutableArray<JobCallbackAttempt>? LastAttempts,
    int? BeforeRound,
    string? OwedBy = null)
{
    public static StoredCallback? Of(Job job) => job.Snapshot.Callback is { } callback
        ? new(callback.Url, callback.Events, callback.SentAt, callback.StatusCode, callback.Error, callback.Attempts,
            callback.NextAttemptAt, callback.DeliveredAt,
            job.CallbackLog.Last.IsEmpty ? null : job.CallbackLog.Last,
            job.CallbackLog.BeforeRound == 0 ? null : job.CallbackLog.BeforeRound,
            job.CallbackLog.OwedBy)
        : null;

    public JobCallback Public() => new()
    {
        Url = Url,
        Events = Events,
        SentAt = SentAt,
        StatusCode = StatusCode,
        Error = Error,
        Attempts = Attempts,
        NextAttemptAt = NextAttemptAt,
        DeliveredAt = DeliveredAt,
    };

    public CallbackLog Log() => LastAttempts is null && BeforeRound is null && OwedBy is null
        ? CallbackLog.Empty
        : new CallbackLog { Last = LastAttempts ?? [], BeforeRound = BeforeRound ?? 0, OwedBy = OwedBy };
}
