using JobTracker.Grains.Jobs.Life;
using JobTracker.Jobs;

namespace JobTracker.Grains.Jobs;

/// <summary>The job as its grain knows it: what the row holds, and signs of life and of progress that wait to be stored.</summary>
/// <remarks>
/// They wait in memory for each other, so that a busy worker costs one write a second, and for no longer than <see
/// cref="JobsOptions.CoalesceTime"/> after the last one that was stored: that is all a crash can take back of what was answered, and a row
/// that is read anew is given just so much more time before its worker counts as lost.
/// </remarks>
internal sealed class JobMemory(JobNeeds needs, TimeSpan coalesceTime)
{
    /// <summary>The last sign of life in the row.</summary>
    private DateTimeOffset? _storedBeat;

    /// <summary>How much later than the row tells the worker may have been heard, by an activation that is gone.</summary>
    private TimeSpan _unheard;

    /// <summary>Runs while something waits.</summary>
    private IDisposable? _flush;

    /// <summary>As it is stored, but for the progress and the sign of life that wait; null where there is no job.</summary>
    public Job? Job { get; private set; }

    public bool HasUnstored => _flush is not null;

    /// <summary>What is known here may be wrong.</summary>
    public bool IsForgotten { get; private set; }

    /// <summary>What the job needs now, the earliest first; null: nothing.</summary>
    public JobNext? DueAt(DateTimeOffset now) => Job is { } job ? needs.DueOf(job.Snapshot, now, _unheard) : null;

    /// <summary>How long a sign of life or of progress may wait; none where the row has no sign yet, or an old one.</summary>
    public TimeSpan WaitOf(Job next) =>
        coalesceTime - (next.Snapshot.HeartbeatAt - _storedBeat) is { } left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <summary>What the row holds now; nothing waits any more.</summary>
    public void TakeStored(Job? stored)
    {
        var beat = stored?.Snapshot.HeartbeatAt;
        // A first heartbeat is always stored: where there is none, none was missed.
        _unheard = Job is null && beat is not null ? coalesceTime : beat == _storedBeat ? _unheard : TimeSpan.Zero;
        _storedBeat = beat;
        Job = stored?.With(needs.Explained(stored.Snapshot));
        StopFlush();
    }

    /// <summary>Every read shows it from now on, under the version that is stored.</summary>
    /// <param name="startFlush">What will store it; started unless it runs already.</param>
    public void KeepUnstored(Job next, Func<IDisposable> startFlush)
    {
        Job = next.With(needs.Explained(next.Snapshot) with { Version = Job!.Snapshot.Version });
        _unheard = TimeSpan.Zero;
        _flush ??= startFlush();
    }

    /// <summary>The worker was heard, though nothing else of what it said is kept.</summary>
    public void KeepBeat(DateTimeOffset? at, Func<IDisposable> startFlush) =>
        KeepUnstored(Job!.With(Job.Snapshot with { HeartbeatAt = at }), startFlush);

    /// <summary>What waits is given up: the row may be ahead of it.</summary>
    public void Forget()
    {
        IsForgotten = true;
        StopFlush();
    }

    private void StopFlush()
    {
        _flush?.Dispose();
        _flush = null;
    }
}
