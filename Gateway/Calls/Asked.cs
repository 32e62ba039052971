using JobTracker.Cluster;

namespace JobTracker.Gateway.Calls;

/// <summary>How waiting for one of several attempts ended.</summary>
internal enum Hearing
{
    Answered,

    /// <summary>An attempt failed, in a way that lets it be made again.</summary>
    Failed,

    /// <summary>Nothing was heard for long enough to ask again.</summary>
    Silence,
}

/// <summary>The attempts of one call, all of which may still be answered.</summary>
internal sealed class Asked<T>(Task<T> first, TimeProvider clock)
{
    private readonly List<Task<T>> _open = [first];
    private Exception? _notDelivered;
    private bool _isLost;

    /// <summary>What was heard first.</summary>
    public T Answer { get; private set; } = default!;

    /// <summary>What is known where no answer came: unless no attempt ever came to the grain, it may have been carried out.</summary>
    public Exception Verdict => _open.Count == 0 && !_isLost && _notDelivered is { } never
        ? never
        : new TimeoutException("The cluster did not answer in time.", _notDelivered);

    public void Add(Task<T> attempt) => _open.Add(attempt);

    /// <param name="hurry">Fires when waiting on is of less use than asking again.</param>
    /// <exception cref="Exception">An attempt ended as every other would.</exception>
    public async Task<Hearing> NextAsync(TimeSpan longest, CancellationToken hurry)
    {
        if (_open.Count == 0)
            return Hearing.Failed;
        Task<T> done;
        try
        {
            done = await Task.WhenAny(_open).WaitAsync(longest, clock, hurry);
        }
        catch (Exception end) when (end is TimeoutException or OperationCanceledException)
        {
            return Hearing.Silence;
        }
        _open.Remove(done);
        if (done.IsCompletedSuccessfully)
        {
            Answer = await done;
            return Hearing.Answered;
        }
        var fault = done.Exception?.InnerException ?? new TaskCanceledException(done);
        switch (CallFailures.Of(fault))
        {
            case CallFailure.NotDelivered:
                _notDelivered = fault;
                return Hearing.Failed;
            case CallFailure.Lost:
                _isLost = true;
                return Hearing.Failed;
            default:
                Answer = await done;
                return Hearing.Answered;
        }
    }

    /// <summary>Whatever becomes of the attempts that are left, nobody asks for it.</summary>
    public void Leave()
    {
        foreach (var attempt in _open)
            attempt.Ignore();
    }
}
