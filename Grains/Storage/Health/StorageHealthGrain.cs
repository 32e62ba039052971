using JobTracker.Storage;
using Orleans.Concurrency;

namespace JobTracker.Grains.Storage.Health;

/// <summary>Answers for the silo it is on, to whoever is connected there.</summary>
[StatelessWorker, Reentrant]
internal sealed class StorageHealthGrain(IStorageHealth health) : Grain, IStorageHealthGrain
{
    public Task<StorageStanding> AskAsync() => health.AskAsync();
}
