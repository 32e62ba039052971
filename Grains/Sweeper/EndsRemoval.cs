using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Sql;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JobTracker.Grains.Sweeper;

/// <summary>Forgets how many jobs ended in a minute that is over for long: a bounded step, now and then.</summary>
internal sealed class EndsRemoval(IJobStore store, IOptions<SweeperOptions> options, TimeProvider clock, ILogger<EndsRemoval> log)
{
    /// <summary>Rows that one step removes at most. A minute has no more than a few for each organization.</summary>
    private const int RowsAtOnce = 10_000;

    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    public async Task StepAsync(CancellationToken stopping)
    {
        try
        {
            await store.RemoveEndsAsync(clock.GetUtcNow() - options.Value.EndsKeepTime, RowsAtOnce, stopping);
        }
        catch (StoreException problem)
        {
            log.EndsStay(problem);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next sweeper goes on.
        }
    }
}
