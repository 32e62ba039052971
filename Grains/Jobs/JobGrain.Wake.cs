using JobTracker.Grains.Jobs.Life;
using JobTracker.Jobs;

namespace JobTracker.Grains.Jobs;

/// <summary>What the grain does when it is woken, and how it goes.</summary>
internal sealed partial class JobGrain
{
    /// <summary>The sweeper goes by the row: where this activation knows of nothing that is due, the row may be ahead of it.</summary>
    public async Task WakeAsync()
    {
        if (!_memory.IsForgotten && !await DoWhatIsDueAsync() && await ReadAgainAsync())
            await DoWhatIsDueAsync();
    }

    /// <summary>One thing after another, until nothing is due; then a plan that today's rules would not make is made anew.</summary>
    /// <returns>Whether there was anything to do.</returns>
    private async Task<bool> DoWhatIsDueAsync()
    {
        var didSomething = false;
        while (Here() is { } job && _memory.DueAt(clock.GetUtcNow()) is { } due)
        {
            didSomething = true;
            if (await ApplyAsync(job.Decide(due, Act.Of(Act.System, clock, job.Snapshot))) is JobOutcome.AlreadyDone)
                return true;
        }

        var isPlannedAnew = _memory.Job is { } stale && stale.DueAt != needs.Planned(stale).DueAt;
        if (isPlannedAnew)
            await SaveAsync(needs.Planned(_memory.Job!.NextVersion()));
        if (didSomething)
            LeaveIfOnlyWoken();
        return didSomething || isPlannedAnew;
    }

    /// <returns>Whether the row was another one than this activation knew.</returns>
    private async Task<bool> ReadAgainAsync()
    {
        await storage.ReadStateAsync();
        var row = storage.State.Job;
        if (row?.Snapshot.Version == _memory.Job?.Snapshot.Version)
            return false;
        log.RowWasAhead(this.GetPrimaryKeyString());
        _memory.TakeStored(row);
        Announce();
        return true;
    }

    /// <summary>
    /// After an outage very many jobs are woken at once: those that end by it, and of which nobody asked, go as soon as they came. Once
    /// only: whoever is queued behind finds an activation that stays.
    /// </summary>
    private void LeaveIfOnlyWoken()
    {
        if (!_wasAskedFor && _memory.Job is null or { Snapshot: { Status.IsTerminal: true, Callback: null or { NextAttemptAt: null } } })
            DeactivateOnIdle();
    }

    /// <summary>The next call reads the row again. Parked calls would hold the grain back: they go first.</summary>
    /// <param name="over">From when on the row tells: until then this activation stays, and answers nothing.</param>
    private void LeaveToReadAgain(Task over)
    {
        _watch?.Release();
        _memory.Forget();
        if (over.IsCompleted)
            DeactivateOnIdle();
        else
            _ = LeaveAfterAsync(over);
    }

    private async Task LeaveAfterAsync(Task over)
    {
        await over;
        DeactivateOnIdle();
    }
}
