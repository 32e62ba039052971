using JobTracker.Grains.Jobs.Life;
using JobTracker.Jobs;

namespace JobTracker.Grains.Jobs;

/// <summary>What the grain does without a caller.</summary>
internal sealed partial class JobGrain
{
    /// <summary>Somebody else than the sweeper came to this activation.</summary>
    private bool _wasAskedFor;

    /// <summary>One thing after another, until nothing is due; then a plan that today's rules would not make is made anew.</summary>
    public async Task WakeAsync()
    {
        var didSomething = false;
        while (Here() is { } job && DueNow(job) is { } due)
        {
            didSomething = true;
            if (await ApplyAsync(job.Decide(due, Act.Of(Act.System, clock, job.Snapshot))) is JobOutcome.AlreadyDone)
                return;
        }

        if (_committed is { } stale && stale.DueAt != needs.Planned(stale).DueAt)
            await SaveAsync(needs.Planned(stale.NextVersion()));
        if (didSomething)
            LeaveIfOnlyWoken();
    }

    private JobNext? DueNow(Job job) => needs.DueOf(job.Snapshot, clock.GetUtcNow(), _unheard);

    /// <summary>
    /// After an outage very many jobs are woken at once: those that end by it, and of which nobody asked, go as soon as they came. Once
    /// only: whoever is queued behind finds an activation that stays.
    /// </summary>
    private void LeaveIfOnlyWoken()
    {
        if (!_wasAskedFor && _committed is null or { Snapshot: { Status.IsTerminal: true, Callback: null or { NextAttemptAt: null } } })
            DeactivateOnIdle();
    }
}
