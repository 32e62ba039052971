using JobTracker.Client.Watching;
using JobTracker.Jobs;

namespace JobTracker.Client.Running;

/// <summary>Watches a job while its worker works, and stops the work when the job ends by another's hand.</summary>
internal sealed class Lookout : IAsyncDisposable
{
    private readonly CancellationTokenSource _watching = new();
    private readonly Task<RunResult?> _watch;

    public Lookout(ChangeFeed feed, JobSnapshot started, CancellationTokenSource stop)
    {
        Last = started;
        _watch = WatchAsync(feed, stop);
    }

    /// <summary>The job as last seen.</summary>
    public JobSnapshot Last { get; private set; }

    /// <summary>
    /// Ends the watch; null: as far as it saw, the job had not ended. A watch that failed saw nothing: the last report will tell.
    /// </summary>
    public async Task<RunResult?> CloseAsync()
    {
        await _watching.CancelAsync();
        await ((Task)_watch).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return _watch.IsCompletedSuccessfully ? await _watch : null;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _watching.Dispose();
    }

    private async Task<RunResult?> WatchAsync(ChangeFeed feed, CancellationTokenSource stop)
    {
        try
        {
            // However long the service is away, the work goes on: it is only told later.
            await foreach (var snapshot in feed.ReadAsync(Last.Id, Last.Version, Timeout.InfiniteTimeSpan, _watching.Token))
                Last = snapshot;
        }
        catch (OperationCanceledException) when (_watching.IsCancellationRequested)
        {
            return null;
        }

        await stop.CancelAsync();
        return new RunResult(Last, Last.Status.IsTerminal ? RunEnd.EndedElsewhere : RunEnd.Deleted);
    }
}
