using JobTracker.Storage;
using Microsoft.Extensions.Logging;

namespace JobTracker.Grains.Storage.Health;

/// <summary>
/// Tries the storage when somebody asks, and remembers for a moment what came of it. A change is one line in the log, however many fail.
/// </summary>
internal sealed class StorageHealth(IStorageCheck check, StorageOptions options, TimeProvider clock, ILogger<StorageHealth> log)
    : IStorageHealth
{
    private readonly Lock _turn = new();
    private Task<Exception?> _look = Task.FromResult<Exception?>(null);
    private long _begunAt;
    private long? _askedAt;
    private string? _cause;
    private TimeSpan? _took;
    private long _since = clock.GetTimestamp();
    private int _failed;

    public async Task<StorageStanding> AskAsync()
    {
        var (look, patience, isNew) = Look();
        try
        {
            return Note(isNew, await look.WaitAsync(patience, clock));
        }
        catch (TimeoutException late)
        {
            return Note(isNew, late);
        }
    }

    /// <summary>One at a time: what hangs is waited for, and not asked again beside it.</summary>
    private (Task<Exception?> Look, TimeSpan Patience, bool IsNew) Look()
    {
        lock (_turn)
        {
            var isDue = _askedAt is not { } before || clock.GetElapsedTime(before) >= options.CheckInterval;
            if (isDue)
                _askedAt = clock.GetTimestamp();
            if (isDue && _look.IsCompleted)
                (_look, _begunAt) = (TryAsync(), clock.GetTimestamp());
            var left = options.CheckTimeout - clock.GetElapsedTime(_begunAt);
            return (_look, left > TimeSpan.Zero ? left : TimeSpan.Zero, isDue);
        }
    }

    private async Task<Exception?> TryAsync()
    {
        await Task.Yield();
        var began = clock.GetTimestamp();
        try
        {
            await check.TryAsync(CancellationToken.None);
            lock (_turn)
                _took = clock.GetElapsedTime(began);
            return null;
        }
        catch (Exception problem)
        {
            return problem;
        }
    }

    private StorageStanding Note(bool isNew, Exception? problem)
    {
        lock (_turn)
        {
            var cause = problem is null ? null : check.CauseOf(problem);
            if (isNew && cause is not null)
                _failed++;
            if (cause != _cause)
                Change(cause, problem);
            return new StorageStanding { Cause = _cause, For = clock.GetElapsedTime(_since), Took = _took };
        }
    }

    private void Change(string? cause, Exception? problem)
    {
        if (cause is null)
        {
            log.StorageBack(clock.GetElapsedTime(_since).TotalSeconds, _failed);
            _failed = 0;
        }
        else
        {
            log.StorageAway(cause, problem!.Message);
        }

        // Another cause is another line, and the same outage.
        if (cause is null != _cause is null)
            _since = clock.GetTimestamp();
        _cause = cause;
    }
}
