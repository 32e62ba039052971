using JobTracker.Jobs;
using JobTracker.Storage;

namespace JobTracker.Grains.Sweeper;

/// <summary>The jobs that one sweep wakes, so many at once.</summary>
internal sealed class Wakes(WakeSlots slots)
{
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _started;
    private int _woken;

    /// <summary>Those under way, and the sweep itself while it goes on.</summary>
    private int _open = 1;

    public int Started => _started;

    public int Woken => _woken;

    /// <summary>Those that were not answered when the sweep ended are among them.</summary>
    public int Failed => _started - _woken;

    public Exception? FirstFailure { get; private set; }

    /// <summary>The database takes no more: to go on would only take its place from callers.</summary>
    public bool IsHopeless { get; private set; }

    /// <summary>Done when the job is being woken.</summary>
    public async Task StartAsync(JobId id)
    {
        if (await slots.TakeAsync(id) is not { } waking)
            return;
        Interlocked.Increment(ref _started);
        Interlocked.Increment(ref _open);
        _ = CountAsync(waking);
    }

    /// <summary>Done when every one is; those that are not answered for so long are left to themselves.</summary>
    public async Task EndAsync(TimeSpan patience, TimeProvider clock)
    {
        Close();
        if (_all.Task.IsCompleted)
            return;
        try
        {
            await _all.Task.WaitAsync(patience, clock);
        }
        catch (TimeoutException problem)
        {
            FirstFailure ??= new TimeoutException("Some did not answer while the sweep lasted; the next goes on beside them.", problem);
        }
    }

    private async Task CountAsync(Task waking)
    {
        try
        {
            await waking;
            Interlocked.Increment(ref _woken);
        }
        catch (Exception problem)
        {
            FirstFailure ??= problem;
            IsHopeless |= problem is StorageUnavailableException or StorageOverloadedException;
        }
        finally
        {
            Close();
        }
    }

    private void Close()
    {
        if (Interlocked.Decrement(ref _open) == 0)
            _all.TrySetResult();
    }
}
