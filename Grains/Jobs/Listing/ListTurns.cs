using JobTracker.Jobs;
using JobTracker.Storage;
using Microsoft.Extensions.Options;

namespace JobTracker.Grains.Jobs.Listing;

/// <summary>
/// How many lists and counts one silo reads at the same time (<c>Limits:SiloLists</c>): they share its connections with all else. What one
/// organization may have of them is bounded where it comes in.
/// </summary>
internal sealed class ListTurns(IOptions<JobLimits> limits) : IDisposable
{
    private readonly SemaphoreSlim _free = new(limits.Value.SiloLists);

    /// <summary>A turn until it is disposed of; the one that waited longest comes first.</summary>
    /// <exception cref="StorageOverloadedException">None came free within <c>Limits:ListWait</c>.</exception>
    public async Task<IDisposable> TakeAsync() => await _free.WaitAsync(limits.Value.ListWait)
        ? new Turn(_free)
        : throw new StorageOverloadedException($"{limits.Value.SiloLists} lists are read on this silo already.");

    public void Dispose() => _free.Dispose();

    private sealed class Turn(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
