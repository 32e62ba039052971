using JobTracker.Jobs;
using JobTracker.Storage;

namespace JobTracker.Grains.Sweeper;

/// <summary>The jobs that one sweep wakes, so many at once.</summary>
internal sealed class Wakes(Func<JobId, Task> wake, int inFlight) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(inFlight);
    private int _started;
    private int _woken;
    private int _failed;

    public int Started => _started;

    public int Woken => _woken;

    public int Failed => _failed;

    public Exception? FirstFailure { get; private set; }

    /// <summary>The database takes no more: to go on would only take its place from callers.</summary>
    public bool IsHopeless { get; private set; }

    /// <summary>Done when the job is being woken.</summary>
    public async Task StartAsync(JobId id)
    {
        await _slots.WaitAsync();
        Interlocked.Increment(ref _started);
        _ = WakeAsync(id);
    }

    /// <summary>Done when every one is.</summary>
    public async Task EndAsync()
    {
        for (var i = 0; i < inFlight; i++)
            await _slots.WaitAsync();
    }

    public void Dispose() => _slots.Dispose();

    private async Task WakeAsync(JobId id)
    {
        try
        {
            await wake(id);
            Interlocked.Increment(ref _woken);
        }
        catch (Exception problem)
        {
            Interlocked.Increment(ref _failed);
            FirstFailure ??= problem;
            IsHopeless |= problem is StorageUnavailableException or StorageOverloadedException;
        }
        finally
        {
            _slots.Release();
        }
    }
}
