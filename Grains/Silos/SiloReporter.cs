using JobTracker.Grains.Storage.Health;
using JobTracker.Grains.Storage.Jobs.Grouping;
using JobTracker.Silos;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.Services;
using Orleans.Services;

namespace JobTracker.Grains.Silos;

/// <summary>Every silo's answer to whoever asks how the cluster is doing.</summary>
[Alias("jobtracker.ISiloReporter")]
internal interface ISiloReporter : IGrainService
{
    /// <summary>What this silo says of itself.</summary>
    [Alias("Ask")]
    Task<SiloFacts> AskAsync();
}

/// <inheritdoc cref="ISiloReporter"/>
internal sealed class SiloReporter(
    GrainId id, Orleans.Runtime.Silo silo, ILoggerFactory logs, IStorageHealth storage, CommitMetrics commits, TimeProvider clock)
    : GrainService(id, silo, logs), ISiloReporter
{
    private static readonly string Version = typeof(SiloReporter).Assembly.GetName().Version?.ToString(3) ?? "";
    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();

    public async Task<SiloFacts> AskAsync() => new(
        Version, _startedAt, await storage.AskAsync(), commits.Waiting, Environment.WorkingSet);
}

/// <summary>How one silo asks another, or itself.</summary>
internal sealed class SiloReporters(IServiceProvider services) : GrainServiceClient<ISiloReporter>(services)
{
    public Task<SiloFacts> AskAsync(SiloAddress silo) => GetGrainService(silo).AskAsync();
}
