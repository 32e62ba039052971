using JobTracker.Cluster;
using JobTracker.Grains.Callbacks.Sending;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JobTracker.Grains.Callbacks.Delivery;

/// <summary>Makes the attempts that a silo's grains hand to it, at once while there are places, else in turn by organization and host.
/// Nothing here is durable: what it does not take, or still holds when the silo stops, the job's row says is owed.</summary>
internal sealed class CallbackDispatcher : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly Lock _gate = new();
    private readonly CallbackQueues _queues;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CallbackOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<CallbackDispatcher> _log;
    private bool _isClosed;
    private bool _isFull;

    public CallbackDispatcher(
        IOptions<CallbackOptions> options, TimeProvider clock, ILogger<CallbackDispatcher> log)
    {
        (_options, _clock, _log) = (options.Value, clock, log);
        _queues = new CallbackQueues(_options);
    }

    /// <summary>Hands over one attempt; it runs on the thread pool, never in the caller's turn.</summary>
    /// <param name="key">The job's id. While its attempt waits or runs, another post of it changes nothing and answers true.</param>
    /// <param name="organization">The job's.</param>
    /// <param name="host">From <see cref="CallbackMessage.HostOf"/>.</param>
    /// <param name="attempt">Sends, stores what came of it, and returns <see cref="CallbackAttempt.HostIsWell"/>; null where there was
    /// nothing to send.</param>
    /// <returns>False: full or stopping. The caller leaves it to the sweeper.</returns>
    public bool TryPost(string key, string organization, string host, Func<CancellationToken, Task<bool?>> attempt)
    {
        bool isPosted, isNews;
        int waiting;
        lock (_gate)
        {
            isPosted = !_isClosed && _queues.TryAdd(new CallbackWork(key, organization, host, attempt));
            waiting = _queues.Waiting;
            isNews = !isPosted && !_isFull && !_isClosed;
            _isFull = !isPosted;
        }
        if (isPosted)
            StartWhatMay();
        if (isNews)
            Log.QueueIsFull(_log, host, waiting);
        return isPosted;
    }

    /// <summary>
    /// Takes nothing more, forgets what waits, and gives what runs <see cref="CallbackOptions.StopTimeout"/> before it is cancelled.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (!_isClosed)
                Log.Stopping(_log, _queues.Waiting, _queues.Running);
            _isClosed = true;
            if (_queues.Running == 0)
                _drained.TrySetResult();
        }
        try
        {
            await _drained.Task.WaitAsync(_options.StopTimeout, _clock, cancellation);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            await _stopping.CancelAsync();
        }
    }

    /// <summary>Stops while grains still answer, so that the attempts under way can store what came of them.</summary>
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(CallbackDispatcher), ServiceLifecycleStage.Active, _ => Task.CompletedTask, StopAsync);

    public void Dispose() => _stopping.Dispose();

    private void StartWhatMay()
    {
        while (Next() is { } work)
        {
            // The pool, and not a task of the caller's: a grain's scheduler would run the attempt in the grain's turns.
            ThreadPool.UnsafeQueueUserWorkItem(
                static start => _ = start.Dispatcher.RunAsync(start.Work), (Dispatcher: this, Work: work), preferLocal: false);
        }
    }

    private CallbackWork? Next()
    {
        lock (_gate)
            return _isClosed ? null : _queues.Take();
    }

    private async Task RunAsync(CallbackWork work)
    {
        bool? hostIsWell = null;
        try
        {
            hostIsWell = await work.Attempt(_stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Still owed, by its row.
        }
        catch (Exception e) when (CallFailures.Of(e) != CallFailure.Final)
        {
            Log.AttemptNotStored(_log, work.Key, e.Message);
        }
        catch (Exception e)
        {
            Log.AttemptBroke(_log, work.Key, e);
        }
        Finish(work, hostIsWell);
        StartWhatMay();
    }

    private void Finish(CallbackWork work, bool? hostIsWell)
    {
        bool? change;
        lock (_gate)
        {
            change = _queues.Finish(work, hostIsWell);
            if (_isClosed && _queues.Running == 0)
                _drained.TrySetResult();
        }
        if (change is true)
            Log.HostIsWell(_log, work.Host);
        else if (change is false)
            Log.HostIsFailing(_log, work.Host, _options.FailuresBeforeProbing);
    }
}
