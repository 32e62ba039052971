using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Batches.Options;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Rules;
using JobTracker.Grains.Batches.Work;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Storage.Batches;
using JobTracker.Identity;
using JobTracker.Jobs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JobTracker.Grains.Batches;

/// <summary>What every batch of a silo works with.</summary>
internal sealed class BatchContext(
    IBatchStore store,
    BatchProviders providers,
    IGrainFactory grains,
    IEnumerable<IBatchCompletionHandler> handlers,
    IOptions<PollOptions> pace,
    IOptions<BatchOptions> options,
    IOptions<JobLimits> limits,
    IOptions<BatchRetentionOptions> retention,
    BatchMetrics metrics,
    TimeProvider clock,
    SteadyClock steady,
    ILogger<BatchContext> log) : IDisposable
{
    public IBatchStore Store => store;
    public BatchProviders Providers => providers;
    public IGrainFactory Grains => grains;
    public IReadOnlyList<IBatchCompletionHandler> Handlers { get; } = [.. handlers];
    public BatchOptions Options => options.Value;
    public JobLimits JobLimits => limits.Value;
    public BatchRetentionOptions Retention => retention.Value;
    public BatchMetrics Metrics => metrics;
    public TimeProvider Clock => clock;
    public ILogger Log => log;

    /// <summary>Uploads and downloads at once, which hold buffers.</summary>
    public TransferSlots Transfers { get; } = new(options.Value.Transfers, options.Value.TransfersPerAccount);

    public DateTimeOffset Now => clock.GetUtcNow().ToMicroseconds();

    /// <summary>The same, or later where the machine's clock was set back.</summary>
    public DateTimeOffset Latest => steady.GetUtcNow();

    public Moment Moment => new(Now, pace.Value, Random.Shared.NextDouble());

    public BatchStep NextStep(Batch batch) => BatchPlan.Next(batch, Now, Retention);

    public void Dispose() => Transfers.Dispose();
}
