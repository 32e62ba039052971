using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Sql;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JobTracker.Grains.Sweeper;

/// <summary>Forgets how many jobs ended and how receivers did in times that are over for long: a bounded step, now and then.</summary>
internal sealed class StatsRemoval(IJobStore store, IOptions<SweeperOptions> options, TimeProvider clock, ILogger<StatsRemoval> log)
{
    /// <summary>Rows of each that one step removes at most. A minute has no more than a few for each organization.</summary>
    private const int RowsAtOnce = 10_000;

    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    public async Task StepAsync(CancellationToken stopping)
    {
        try
        {
            await store.RemoveEndsAsync(clock.GetUtcNow() - options.Value.EndsKeepTime, RowsAtOnce, stopping);
            await store.RemoveReceiversAsync(clock.GetUtcNow() - options.Value.ReceiversKeepTime, RowsAtOnce, stopping);
        }
        catch (StoreException problem)
        {
            log.StatsStay(problem);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next sweeper goes on.
        }
    }
}
