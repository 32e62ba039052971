using JobTracker.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.Services;
using Orleans.Services;

namespace JobTracker.Grains.Storage.Health;

/// <summary>Every silo's answer to another that wonders whether its storage alone is away.</summary>
[Alias("jobtracker.IStorageWitness")]
internal interface IStorageWitness : IGrainService
{
    /// <summary>How the storage of this silo stands.</summary>
    [Alias("Ask")]
    Task<StorageStanding> AskAsync();
}

/// <inheritdoc cref="IStorageWitness"/>
internal sealed class StorageWitness(GrainId id, Orleans.Runtime.Silo silo, ILoggerFactory logs, IStorageHealth health)
    : GrainService(id, silo, logs), IStorageWitness
{
    public Task<StorageStanding> AskAsync() => health.AskAsync();
}

/// <summary>How a silo asks another one.</summary>
internal sealed class StorageWitnesses(IServiceProvider services) : GrainServiceClient<IStorageWitness>(services)
{
    public Task<StorageStanding> AskAsync(SiloAddress silo) => GetGrainService(silo).AskAsync();
}
