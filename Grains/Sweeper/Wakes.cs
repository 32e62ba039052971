using JobTracker.Jobs;
using JobTracker.Storage;

namespace JobTracker.Grains.Sweeper;

/// <summary>The jobs that one sweep wakes, so many at once. Used from one grain's turns only.</summary>
internal sealed class Wakes(Func<JobId, Task> wake, int inFlight) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(inFlight);

    public int Started { get; private set; }

    public int Woken { get; private set; }

    public int Failed { get; private set; }

    public Exception? FirstFailure { get; private set; }

    /// <summary>The database takes no more: to go on would only take its place from callers.</summary>
    public bool IsHopeless { get; private set; }

    /// <summary>Done when the job is being woken.</summary>
    public async Task StartAsync(JobId id)
    {
        await _slots.WaitAsync();
        Started++;
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
            Woken++;
        }
        catch (Exception problem)
        {
            Failed++;
            FirstFailure ??= problem;
            IsHopeless |= problem is StorageUnavailableException or StorageOverloadedException;
        }
        finally
        {
            _slots.Release();
        }
    }
}
