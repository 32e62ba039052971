using JobTracker.Batches;
using JobTracker.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace JobTracker.Grains.Batches;

/// <summary>
/// Life and pace of the polls: a reminder of a minute outlives everything, a timer sets the pace, and the nudges of all silos bring it back
/// soon. Two at once, as a failover may bring, wake batches twice, which changes nothing: each batch asks under its own lease.
/// </summary>
internal sealed class BatchPollerGrain(
    [PersistentState("batch_poller", "state")] IPersistentState<BatchPollerState> state,
    BatchContext context,
    ILogger<BatchPollerGrain> log) : Grain, IBatchPollerGrain, IRemindable
{
    private const string ReminderName = "poll";
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StoredEvery = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, AccountWakes> _accounts = new(StringComparer.Ordinal);
    private AccountWakes? _kept;
    private DateTimeOffset _storedAt;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await this.RegisterOrUpdateReminder(ReminderName, ReminderPeriod, ReminderPeriod, cancellationToken);

        // Interleaved, so that nudges and reminders are answered while a cycle is under way; cycles themselves never overlap.
        this.RegisterGrainTimer(CycleAsync, new GrainTimerCreationOptions(TimeSpan.Zero, context.Options.PollerInterval)
        { KeepAlive = true, Interleave = true });
    }

    public Task NudgeAsync() => Task.CompletedTask;

    public Task<PollerSnapshot> GetAsync() => Task.FromResult(state.State.Show(InFlight));

    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;

    private int InFlight => _accounts.Values.Sum(account => account.Count) + Kept.Count;

    /// <summary>Batches that have been kept for long enough: no provider is asked about them, so no account can hold them up.</summary>
    private AccountWakes Kept => _kept ??= new AccountWakes(context.Options.WakesPerAccount, context.Options.DuePerAccount, WakeAsync);

    private async Task CycleAsync(CancellationToken stopping)
    {
        var (began, now) = (context.Clock.GetTimestamp(), context.Now);
        try
        {
            var due = await context.Store.DueAsync(now, context.Options.DuePerAccount, stopping);
            var woken = due.Count(batch => Account(batch.Provider).TryWake(batch.Id));
            foreach (var (status, endedBy) in context.Retention.Limits(now))
                woken += (await context.Store.EndedAsync(status, endedBy, now, context.Options.DuePerAccount, stopping))
                    .Count(Kept.TryWake);
            Report(now, due.Count, woken, context.Clock.GetElapsedTime(began));
        }
        catch (Exception problem) when (problem is StorageUnavailableException or OutcomeUnknownException)
        {
            log.CycleFailed(problem);
            state.State.Failed(problem.Message, now);
        }
        await StoreSometimesAsync(now);
    }

    private void Report(DateTimeOffset now, int due, int woken, TimeSpan duration)
    {
        context.Metrics.Cycled(duration);
        if (woken > 0)
            log.Cycled(due, woken, InFlight, duration);
        (state.State.LastCycleAt, state.State.LastCycleDuration, state.State.LastDue) = (now, duration, due);
        state.State.Cycles++;
        state.State.Woken += woken;
    }

    private AccountWakes Account(string provider)
    {
        if (!_accounts.TryGetValue(provider, out var account))
            _accounts[provider] = account = new AccountWakes(context.Options.WakesPerAccount, context.Options.DuePerAccount, WakeAsync);
        return account;
    }

    private async Task WakeAsync(BatchId id)
    {
        try
        {
            await GrainFactory.GetGrain<IBatchGrain>(id.ToString()).WakeAsync();
        }
        catch (Exception problem)
        {
            // Whatever it is, it is this batch's alone: it stays due.
            log.WakeFailed(problem, id.ToString());
            state.State.Failed($"{id}: {problem.Message}", context.Now);
        }
    }

    private async Task StoreSometimesAsync(DateTimeOffset now)
    {
        if (now - _storedAt < StoredEvery)
            return;
        _storedAt = now;
        try
        {
            await state.WriteStateAsync();
        }
        catch (InconsistentStateException problem)
        {
            log.PollerStateFailed(problem); // another poller is there: this one goes
            DeactivateOnIdle();
        }
        catch (Exception problem)
        {
            log.PollerStateFailed(problem);
        }
    }
}
