using JobTracker.Grains.Jobs.Life;
using JobTracker.Storage;

namespace JobTracker.Grains.Jobs;

/// <summary>Signs of life and of progress wait in memory for each other, so that a busy worker costs one write a second.</summary>
/// <remarks>
/// They wait for no longer than <see cref="JobsOptions.CoalesceTime"/> after the last one that was stored: that is all a crash can take
/// back of what was answered, and a row that is read anew is given just so much more time before its worker counts as lost.
/// </remarks>
internal sealed partial class JobGrain
{
    /// <summary>Before what the database did not take is offered again.</summary>
    private static readonly TimeSpan FlushPause = TimeSpan.FromSeconds(1);

    /// <summary>The last sign of life in the row.</summary>
    private DateTimeOffset? _storedHeartbeatAt;

    /// <summary>How much later than the row tells the worker may have been heard, by an activation that is gone.</summary>
    private TimeSpan _unheard;

    /// <summary>Runs while something waits.</summary>
    private IGrainTimer? _flush;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => FlushAsync();

    private async Task StoreAsync(Job next, bool mayWait)
    {
        var left = options.Value.CoalesceTime - (next.Snapshot.HeartbeatAt - _storedHeartbeatAt);
        if (mayWait && left > TimeSpan.Zero)
        {
            Hold(next, left.Value);
            return;
        }

        try
        {
            await SaveAsync(next);
        }
        catch (Exception problem) when (mayWait && !_isForgotten && problem is StorageOverloadedException or StorageUnavailableException)
        {
            // The worker was told that nothing is stored, but it was heard: an outage of the database is no silence of its own.
            Hold(_committed!.With(_committed.Snapshot with { HeartbeatAt = next.Snapshot.HeartbeatAt }), FlushPause);
            throw;
        }
    }

    /// <summary>Every read shows it from now on, under the version that is stored.</summary>
    private void Hold(Job next, TimeSpan flushAfter)
    {
        _committed = next.With(needs.Explained(next.Snapshot) with { Version = _committed!.Snapshot.Version });
        _unheard = TimeSpan.Zero;
        _flush ??= this.RegisterGrainTimer(FlushAsync, new GrainTimerCreationOptions(flushAfter, FlushPause));
    }

    /// <summary>Stores what waits. Where the database does not take it, it goes on waiting.</summary>
    private async Task FlushAsync()
    {
        if (_flush is null || _committed is not { } job)
            return;
        try
        {
            await SaveAsync(needs.Planned(job.NextVersion()));
        }
        catch (Exception problem) when (problem is StorageOverloadedException or StorageUnavailableException or OutcomeUnknownException)
        {
            log.ProgressNotStored(problem, this.GetPrimaryKeyString());
        }
    }

    /// <summary>What the row holds now; nothing waits any more.</summary>
    private void Remember(Job? stored)
    {
        var beat = stored?.Snapshot.HeartbeatAt;
        // A first heartbeat is always stored: where there is none, none was missed.
        _unheard = _committed is null && beat is not null
            ? options.Value.CoalesceTime : beat == _storedHeartbeatAt ? _unheard : TimeSpan.Zero;
        _storedHeartbeatAt = beat;
        _committed = stored?.With(needs.Explained(stored.Snapshot));
        Drop();
    }

    private void Drop()
    {
        _flush?.Dispose();
        _flush = null;
    }
}
