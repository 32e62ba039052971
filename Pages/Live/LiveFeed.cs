using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;

namespace JobTracker.Pages.Live;

/// <summary>
/// One reader of a thing on this gateway, however many pages show it: it reads while anybody listens, and tells all of them. Where it
/// cannot be read, they keep what they have and are told since when it is stale.
/// </summary>
/// <typeparam name="TKey">What is read, the organization included.</typeparam>
/// <typeparam name="T">What is told.</typeparam>
public sealed class LiveFeed<TKey, T>(LiveRead<TKey, T> read, TimeSpan pace, TimeProvider clock)
    where TKey : notnull
    where T : class
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, Reader> _readers = [];

    /// <summary>How many things are being read.</summary>
    public int Readers
    {
        get
        {
            lock (_lock)
                return _readers.Count;
        }
    }

    /// <summary>Hears of it until the answer is disposed of; of what was read last at once, where there is something.</summary>
    /// <param name="who">On whose behalf it is read, if nobody reads it yet.</param>
    /// <param name="key">What to read.</param>
    /// <param name="known">What the listener has already; the first reader goes on from it.</param>
    /// <param name="hear">Called from the reader's own loop: it must not wait.</param>
    public IDisposable Listen(PageCaller who, TKey key, T? known, Action<LiveState<T>> hear)
    {
        lock (_lock)
        {
            if (!_readers.TryGetValue(key, out var reader))
            {
                reader = new Reader(known);
                _readers.Add(key, reader);
                _ = RunAsync(who, key, reader);
            }
            else if ((reader.Last ?? new LiveState<T>(reader.Value)) is var last
                && (last.Fault is not null || last.IsGone || (last.Value is not null && !Equals(last.Value, known))))
            {
                hear(last);
            }
            var listener = new Listener(hear);
            reader.Listeners.Add(listener);
            return new Subscription(() => Leave(key, reader, listener));
        }
    }

    private void Leave(TKey key, Reader reader, Listener listener)
    {
        lock (_lock)
        {
            if (!reader.Listeners.Remove(listener) || reader.Listeners.Count > 0)
                return;
            _readers.Remove(key);
            reader.Stop.Cancel();
        }
    }

    private async Task RunAsync(PageCaller who, TKey key, Reader reader)
    {
        await Task.Yield();
        var stop = reader.Stop.Token;
        var failures = 0;
        while (!stop.IsCancellationRequested && reader.Last?.IsGone != true)
        {
            var pause = pace;
            try
            {
                var last = reader.Value;
                var value = await read(who, key, last, stop);
                failures = 0;
                // A reader that parks comes back with what it had when nothing happened.
                if (value is null || !ReferenceEquals(value, last) || reader.Last?.Fault is not null)
                    Tell(reader, new LiveState<T>(value, IsGone: value is null));
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (PageFaultException problem)
            {
                Tell(reader, new LiveState<T>(reader.Value, problem.Fault, reader.Last?.StaleSince ?? clock.GetUtcNow()));
                pause = RetryPause.Of(pace, ++failures);
            }
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Tell(Reader reader, LiveState<T> state)
    {
        Listener[] listeners;
        lock (_lock)
        {
            reader.Last = state;
            listeners = [.. reader.Listeners];
        }
        foreach (var listener in listeners)
            listener.Hear(state);
    }

    private sealed class Reader(T? known)
    {
        public CancellationTokenSource Stop { get; } = new();
        public List<Listener> Listeners { get; } = [];
        public LiveState<T>? Last { get; set; }
        public T? Value => Last is { } last ? last.Value : known;
    }

    /// <summary>By itself: two pages may listen with equal methods.</summary>
    private sealed class Listener(Action<LiveState<T>> hear)
    {
        public Action<LiveState<T>> Hear { get; } = hear;
    }

    private sealed class Subscription(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}

/// <summary>Reads a thing once more. Null: it is gone. The same object as before: nothing changed.</summary>
public delegate Task<T?> LiveRead<in TKey, T>(PageCaller who, TKey key, T? last, CancellationToken stop)
    where T : class;
