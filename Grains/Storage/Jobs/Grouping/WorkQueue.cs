using System.Threading.Channels;
using JobTracker.Storage;

namespace JobTracker.Grains.Storage.Jobs.Grouping;

/// <summary>
/// A bounded queue whose readers take whatever waits, up to a limit, and never wait for more. What can't be taken on is refused at once;
/// what waited too long is given back.
/// </summary>
internal sealed class WorkQueue<TWork, TResult>(string name, StorageOptions options, Outage outage, TimeProvider clock)
{
    private readonly Channel<PendingWork<TWork, TResult>> _channel = Channel.CreateBounded<PendingWork<TWork, TResult>>(
        new BoundedChannelOptions(options.QueueLength) { FullMode = BoundedChannelFullMode.Wait });

    /// <summary>What comes while the database fails is tried at least twice.</summary>
    private readonly TimeSpan _least = options.QueueTime < options.RetryPause * 2.5 ? options.QueueTime : options.RetryPause * 2.5;

    /// <summary>This queue's own: a database that can only be read answers reads while writes fail.</summary>
    private readonly Outage _failing = new(clock);

    private volatile bool _closed;

    /// <summary>Nothing more is taken on.</summary>
    public bool IsClosed => _closed;

    /// <summary>How many wait.</summary>
    public int Count => _channel.Reader.Count;

    /// <exception cref="StorageOverloadedException">The queue is full.</exception>
    /// <exception cref="StorageUnavailableException">The silo is stopping.</exception>
    public Task<TResult> Enqueue(TWork work)
    {
        var pending = new PendingWork<TWork, TResult>(work, Deadline());
        if (_channel.Writer.TryWrite(pending))
            return pending.Completion;
        return Task.FromException<TResult>(_closed
            ? new StorageUnavailableException("The silo is stopping; nothing was stored.")
            : new StorageOverloadedException($"{options.QueueLength} {name} wait for the database already; nothing was stored."));
    }

    /// <summary>Nothing more is taken on; what waits is still worked off.</summary>
    public void Close()
    {
        _closed = true;
        _channel.Writer.TryComplete();
    }

    /// <summary>The database answered.</summary>
    public void Worked()
    {
        _failing.Ended();
        outage.Ended();
    }

    /// <summary>The database did not answer.</summary>
    public void Failed()
    {
        _failing.Began();
        outage.Began();
    }

    /// <summary>Waits for work; false once the queue is closed and empty.</summary>
    public ValueTask<bool> WaitAsync() => _channel.Reader.WaitToReadAsync();

    /// <summary>The next one, if one waits.</summary>
    public bool TryTake(out PendingWork<TWork, TResult> pending)
    {
        while (_channel.Reader.TryRead(out pending!))
        {
            if (!IsLate(pending))
                return true;
            GiveBack(pending);
        }

        return false;
    }

    /// <summary>
    /// Tells those that waited too long, while the database can't be reached.
    /// The oldest come first, so the look ends at the first that may still wait.
    /// </summary>
    public void GiveBackLate()
    {
        while (_channel.Reader.TryPeek(out var oldest) && IsLate(oldest) && _channel.Reader.TryRead(out var late))
        {
            if (IsLate(late))
                GiveBack(late);
            else if (!_channel.Writer.TryWrite(late))
                GiveBack(late);
        }
    }

    public bool IsLate(PendingWork<TWork, TResult> pending) => clock.GetTimestamp() >= pending.Deadline;

    /// <summary>
    /// One outage is waited out for as long as one queueing, by all together: whoever comes later, or stood behind another one at a grain,
    /// or reads where the others wrote, is told at once that it lasts.
    /// </summary>
    private long Deadline()
    {
        var now = clock.GetTimestamp();
        var since = _failing.Since != 0 ? _failing.Since : outage.Since;
        return Math.Max((since == 0 ? now : since) + Ticks(options.QueueTime), now + Ticks(_least));
    }

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * clock.TimestampFrequency);

    private static void GiveBack(PendingWork<TWork, TResult> pending) =>
        pending.Fail(new StorageUnavailableException("The database did not take it in time; nothing was stored."));
}
