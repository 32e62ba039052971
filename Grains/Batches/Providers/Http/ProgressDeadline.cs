namespace JobTracker.Grains.Batches.Providers.Http;

/// <summary>
/// Ends a call that makes too little progress, and a transfer that takes too long in all. Patience is a store of time: waiting uses it up,
/// each byte gives some back, never more than <see cref="TransferPace.Patience"/>. So silence ends a call after that long, and so does a
/// trickle below the least rate. Only the time in which the other side is awaited counts.
/// </summary>
internal sealed class ProgressDeadline : IDisposable
{
    private readonly CancellationTokenSource _impatient;
    private readonly CancellationTokenSource _any;
    private readonly CancellationToken _caller;
    private readonly TransferPace _pace;
    private readonly TimeProvider _clock;
    private TimeSpan _left;
    private TimeSpan? _leftInAll;
    private long? _waitsSince;

    public ProgressDeadline(TransferPace pace, TimeProvider clock, CancellationToken caller)
    {
        (_pace, _clock, _caller, _left, _leftInAll) = (pace, clock, caller, pace.Patience, pace.Longest);
        _impatient = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        _any = CancellationTokenSource.CreateLinkedTokenSource(caller, _impatient.Token);
        Wait();
    }

    public CancellationToken Token => _any.Token;

    /// <summary>Why it ended the call; null when the caller did, or nothing yet.</summary>
    public string? Expired => _caller.IsCancellationRequested || !_impatient.IsCancellationRequested ? null
        : _leftInAll <= _left ? $"It took longer than {_pace.Longest!.Value.TotalSeconds:0} s."
        : _pace.LeastBytesPerSecond > 0
            ? $"No progress for {_pace.Patience.TotalSeconds:0} s, or less than {_pace.LeastBytesPerSecond} bytes a second."
        : $"No progress for {_pace.Patience.TotalSeconds:0} s.";

    /// <summary>From here on the other side is awaited.</summary>
    public void Wait()
    {
        _waitsSince = _clock.GetTimestamp();
        _impatient.CancelAfter(_leftInAll < _left ? _leftInAll.Value : _left);
    }

    /// <summary>It has moved so many bytes; while it is not awaited, nothing is measured.</summary>
    public void Pause(long bytes)
    {
        var waited = _waitsSince is { } since ? _clock.GetElapsedTime(since) : TimeSpan.Zero;
        _waitsSince = null;
        _left -= waited;
        if (_leftInAll is { } inAll)
            _leftInAll = inAll > waited ? inAll - waited : TimeSpan.Zero;
        if (bytes > 0)
            _left = _pace.LeastBytesPerSecond == 0
                ? _pace.Patience
                : _left + TimeSpan.FromSeconds((double)bytes / _pace.LeastBytesPerSecond);
        if (_left > _pace.Patience)
            _left = _pace.Patience;
        if (_left < TimeSpan.Zero)
            _left = TimeSpan.Zero;
        _impatient.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    /// <summary>It has moved so many bytes, and is awaited further.</summary>
    public void Progress(long bytes)
    {
        Pause(bytes);
        Wait();
    }

    /// <summary>Another thing is awaited, with all the patience there is: the answer, once the request is out.</summary>
    public void Restart()
    {
        Pause(bytes: 0);
        _left = _pace.Patience;
        Wait();
    }

    public void Dispose()
    {
        _any.Dispose();
        _impatient.Dispose();
    }
}

/// <summary>What is asked of a call's progress.</summary>
/// <param name="Patience">The longest silence.</param>
/// <param name="LeastBytesPerSecond">Below it for as long as the patience lasts is too slow; 0: any byte will do.</param>
/// <param name="Longest">In all; null: there is no such limit.</param>
internal sealed record TransferPace(TimeSpan Patience, long LeastBytesPerSecond = 0, TimeSpan? Longest = null);
