using System.Collections.Concurrent;
using System.Threading.Channels;
using JobTracker.Jobs;

namespace JobTracker.Grains.Sweeper;

/// <summary>
/// The places of those that are being woken, over all sweeps. A wake that is not answered gives its place up after a while; until then its
/// job is not woken once more.
/// </summary>
internal sealed class WakeSlots(Func<JobId, Task> wake, SweeperOptions options, TimeProvider clock)
{
    /// <summary>One for each place that is taken: full is full.</summary>
    private readonly Channel<JobId> _places = Channel.CreateBounded<JobId>(options.WakesInFlight);
    private readonly ConcurrentDictionary<JobId, bool> _taken = new();

    /// <summary>Done when there is a place for it; null: it is being woken already.</summary>
    /// <returns>Done when the job has been woken.</returns>
    public async Task<Task?> TakeAsync(JobId id)
    {
        if (!_taken.TryAdd(id, value: true))
            return null;
        await _places.Writer.WriteAsync(id);
        return WakeAsync(id);
    }

    private async Task WakeAsync(JobId id)
    {
        try
        {
            await wake(id).WaitAsync(options.WakePatience, clock);
        }
        catch (TimeoutException problem)
        {
            throw new TimeoutException($"{id} did not answer its wake within {options.WakePatience.TotalSeconds:0.#} s.", problem);
        }
        finally
        {
            _taken.TryRemove(id, out _);
            _places.Reader.TryRead(out _);
        }
    }
}
