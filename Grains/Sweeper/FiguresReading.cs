using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Sql;
using Microsoft.Extensions.Logging;

namespace JobTracker.Grains.Sweeper;

/// <summary>
/// Reads now and then how all jobs stand, for the gauges. It takes its time: however large the tables, less than a tenth of one
/// connection's.
/// </summary>
internal sealed class FiguresReading(
    IJobStore store, SweeperMetrics metrics, SweeperOptions options, TimeProvider clock, ILogger<FiguresReading> log)
{
    /// <summary>The pause is at least so many times as long as what the last reading took.</summary>
    private const int PauseFactor = 10;

    private DateTimeOffset _nextAt;

    public async Task StepAsync(CancellationToken stopping)
    {
        if (!metrics.IsWatched || clock.GetUtcNow() < _nextAt)
            return;
        var began = clock.GetTimestamp();
        try
        {
            var figures = await store.ReadFiguresAsync(options.FiguresLimit, stopping);
            metrics.Show(figures, (2 * Pause(began)) + options.FiguresInterval);
        }
        catch (StoreException problem)
        {
            log.FiguresFailed(problem);
        }
        finally
        {
            _nextAt = clock.GetUtcNow() + Pause(began);
        }
    }

    private TimeSpan Pause(long began)
    {
        var slow = clock.GetElapsedTime(began) * PauseFactor;
        return slow > options.FiguresInterval ? slow : options.FiguresInterval;
    }
}
