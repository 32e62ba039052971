namespace JobTracker.Grains.Callbacks.Delivery;

/// <summary>Who is next: a queue per host, served in turn, within the limits of <see cref="CallbackOptions"/>. No threads, no clock:
/// <see cref="CallbackDispatcher"/> calls it under its lock. Every operation takes constant time, whatever waits.</summary>
/// <remarks>
/// Hosts whose next attempt may be made stand in one of two lines, and go to the end of it after each: the well, and the failing.
/// The failing are served first but may hold a quarter of the places at most, so neither line starves the other.
/// A host is forgotten when nothing waits or runs for it; the last <see cref="MostResting"/> failing ones are remembered.
/// </remarks>
internal sealed class CallbackQueues(CallbackOptions limits)
{
    public const int MostResting = 1_024;

    private readonly Dictionary<string, CallbackHost> _hosts = [];
    private readonly HashSet<string> _held = [];
    private readonly Queue<CallbackHost> _well = [];
    private readonly Queue<CallbackHost> _failing = [];
    private readonly LinkedList<CallbackHost> _resting = [];
    private readonly int _mostProbes = Math.Max(1, limits.MaxConcurrency / 4);
    private int _probes;

    public int Waiting { get; private set; }

    public int Running { get; private set; }

    public int FailingHosts { get; private set; }

    /// <summary>Hosts that are remembered.</summary>
    public int Hosts => _hosts.Count;

    /// <summary>
    /// False: the queue, or this host's part of it, is full. A key that waits or runs is not taken twice, and answers true.
    /// </summary>
    public bool TryAdd(CallbackWork work)
    {
        if (_held.Contains(work.Key))
            return true;
        var host = _hosts.GetValueOrDefault(work.Host);
        if (Waiting >= limits.QueueLimit || host?.Waiting.Count >= limits.QueueLimitPerHost)
            return false;

        if (host is null)
            _hosts.Add(work.Host, host = new CallbackHost(work.Host));
        else
            Wake(host);
        _held.Add(work.Key);
        host.Waiting.Enqueue(work);
        Waiting++;
        LineUp(host);
        return true;
    }

    /// <summary>The next attempt to make; null when there is none or no place for it. Each is followed by <see cref="Finish"/>.</summary>
    public CallbackWork? Take()
    {
        if (Running >= limits.MaxConcurrency)
            return null;
        while (true)
        {
            var line = _failing.Count > 0 && _probes < _mostProbes ? _failing : _well;
            if (!line.TryDequeue(out var host))
                return null;
            host.IsInLine = false;
            // It began to fail since it lined up with the well: LineUp knows what it may have now.
            if (line == _well && IsFailing(host))
                LineUp(host);
            else
                return Take(host);
        }
    }

    /// <summary>What came of an attempt. <paramref name="hostIsWell"/> is null when it says nothing about the host.</summary>
    /// <returns>True: the host just recovered; false: it just began to fail; null: neither.</returns>
    public bool? Finish(CallbackWork work, bool? hostIsWell)
    {
        var host = _hosts[work.Host];
        _held.Remove(work.Key);
        Running--;
        host.Running--;
        if (host.IsProbed)
        {
            host.IsProbed = false;
            _probes--;
        }
        var change = Judge(host, hostIsWell);
        LineUp(host);
        if (host is { Running: 0, Waiting.Count: 0 })
            Rest(host);
        return change;
    }

    private CallbackWork Take(CallbackHost host)
    {
        var work = host.Waiting.Dequeue();
        Waiting--;
        Running++;
        host.Running++;
        if (IsFailing(host))
        {
            host.IsProbed = true;
            _probes++;
        }
        LineUp(host);
        return work;
    }

    private bool? Judge(CallbackHost host, bool? isWell)
    {
        var wasFailing = IsFailing(host);
        if (isWell is { } well)
            host.Failures = well ? 0 : host.Failures + 1;
        var isFailing = IsFailing(host);
        if (isFailing == wasFailing)
            return null;
        FailingHosts += isFailing ? 1 : -1;
        return wasFailing;
    }

    private void LineUp(CallbackHost host)
    {
        var places = IsFailing(host) ? 1 : limits.MaxConcurrencyPerHost;
        if (host.IsInLine || host.Waiting.Count == 0 || host.Running >= places)
            return;
        host.IsInLine = true;
        (IsFailing(host) ? _failing : _well).Enqueue(host);
    }

    private void Rest(CallbackHost host)
    {
        if (!IsFailing(host))
        {
            _hosts.Remove(host.Name);
            return;
        }
        host.Resting = _resting.AddLast(host);
        if (_resting.Count <= MostResting)
            return;
        var oldest = _resting.First!.Value;
        Wake(oldest);
        _hosts.Remove(oldest.Name);
        FailingHosts--;
    }

    private void Wake(CallbackHost host)
    {
        if (host.Resting is { } place)
            _resting.Remove(place);
        host.Resting = null;
    }

    private bool IsFailing(CallbackHost host) => host.Failures >= limits.FailuresBeforeProbing;
}
