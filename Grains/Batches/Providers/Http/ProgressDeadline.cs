namespace JobTracker.Grains.Batches.Providers.Http;

/// <summary>Ends a call that makes no progress for <see cref="Limit"/>, however long it takes in all.</summary>
internal sealed class ProgressDeadline : IDisposable
{
    private readonly CancellationTokenSource _idle;
    private readonly CancellationTokenSource _either;
    private readonly CancellationToken _caller;

    public ProgressDeadline(TimeSpan limit, TimeProvider clock, CancellationToken caller)
    {
        Limit = limit;
        _caller = caller;
        _idle = new CancellationTokenSource(limit, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(caller, _idle.Token);
    }

    public TimeSpan Limit { get; }

    public CancellationToken Token => _either.Token;

    /// <summary>The limit, once it ended the call; null when the caller did, or nothing yet.</summary>
    public TimeSpan? Expired => _idle.IsCancellationRequested && !_caller.IsCancellationRequested ? Limit : null;

    public void Progress() => _idle.CancelAfter(Limit);

    /// <summary>Stops the measuring while it is not the other side that is awaited.</summary>
    public void Pause() => _idle.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _either.Dispose();
        _idle.Dispose();
    }
}
