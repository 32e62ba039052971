using JobTracker.Client.Retrying;
using JobTracker.Cluster;
using JobTracker.Jobs;

namespace JobTracker.Client.Running;

/// <summary>
/// Shows that a worker is alive for as long as its work lasts, and stops the work where the answer is that the job has ended.
/// </summary>
internal sealed class Pulse : IAsyncDisposable
{
    private readonly OrleansJobTracker _tracker;
    private readonly JobId _id;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _beating = new();
    private readonly Task _beats;

    public Pulse(OrleansJobTracker tracker, JobSnapshot started, TimeSpan interval, TimeProvider clock, CancellationTokenSource stop)
    {
        _tracker = tracker;
        _id = started.Id;
        _interval = interval;
        _clock = clock;
        _beats = BeatAsync(stop);
    }

    /// <summary>A third of the heartbeat timeout: two beats may be lost before the worker counts as lost.</summary>
    public static TimeSpan IntervalOf(TimeSpan? heartbeatTimeout, TimeSpan otherwise) => heartbeatTimeout / 3 ?? otherwise;

    /// <summary>No beat goes out after it.</summary>
    public async Task CloseAsync()
    {
        await _beating.CancelAsync();
        await _beats.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _beating.Dispose();
    }

    private async Task BeatAsync(CancellationTokenSource stop)
    {
        using var timer = new PeriodicTimer(_interval, _clock);
        while (await timer.WaitForNextTickAsync(_beating.Token))
        {
            if (await IsOverAsync())
            {
                await stop.CancelAsync();
                return;
            }
        }
    }

    private async Task<bool> IsOverAsync()
    {
        try
        {
            return await _tracker.TryHeartbeatAsync(_id, new Heartbeat(), _beating.Token)
                is JobOutcome.NotFound or JobOutcome.Refused { Reason: Refusal.JobHasEnded };
        }
        catch (Exception e) when (e is JobOutcomeUnknownException || RetryRules.Tells(e, _beating.Token) != CallFailure.Final)
        {
            // However long the service is away, the work goes on, and so do its signs of life.
            return false;
        }
    }
}
