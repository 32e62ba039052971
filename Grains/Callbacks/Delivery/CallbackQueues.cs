namespace JobTracker.Grains.Callbacks.Delivery;

/// <summary>Who is next: a queue per organization and host, served in turn,
/// within the limits of <see cref="CallbackOptions"/>. No threads, no clock:
/// <see cref="CallbackDispatcher"/> calls it under its lock. Every operation takes constant time, whatever waits.</summary>
/// <remarks>
/// Hosts whose next attempt may be made stand in one of two lines of their organization, and go to the end of it after each: the well, and
/// the failing; organizations that have such hosts, and a place, stand in two lines in the same way. The failing are served first but may
/// hold a quarter of the places at most, so neither line starves the other. A host that two organizations call is two hosts here: what one
/// of them sends to it neither delays the other's nor makes it a failing one for the other. A host is forgotten when nothing waits or runs
/// for it; the last <see cref="MostResting"/> failing ones are remembered.
/// </remarks>
internal sealed class CallbackQueues(CallbackOptions limits)
{
    public const int MostResting = 1_024;

    private readonly Dictionary<(string Organization, string Name), CallbackHost> _hosts = [];
    private readonly Dictionary<string, CallbackOrganization> _organizations = [];
    private readonly HashSet<string> _held = [];
    private readonly Queue<CallbackOrganization> _well = [];
    private readonly Queue<CallbackOrganization> _failing = [];
    private readonly LinkedList<CallbackHost> _resting = [];
    private readonly int _mostProbes = Math.Max(1, limits.MaxConcurrency / 4);
    private int _probes;

    public int Waiting { get; private set; }

    public int Running { get; private set; }

    public int FailingHosts { get; private set; }

    /// <summary>Hosts that are remembered.</summary>
    public int Hosts => _hosts.Count;

    /// <summary>Organizations that have such hosts.</summary>
    public int Organizations => _organizations.Count;

    /// <summary>
    /// False: the queue, or this organization's or host's part of it, is
    /// full. A key that waits or runs is not taken twice, and answers true.
    /// </summary>
    public bool TryAdd(CallbackWork work)
    {
        if (_held.Contains(work.Key))
            return true;
        var host = _hosts.GetValueOrDefault((work.Organization, work.Host));
        if (Waiting >= limits.QueueLimit || host?.Waiting.Count >= limits.QueueLimitPerHost
            || _organizations.GetValueOrDefault(work.Organization)?.Waiting >= limits.WaitingPerOrganization)
            return false;

        host ??= Remember(work);
        Wake(host);
        _held.Add(work.Key);
        host.Waiting.Enqueue(work);
        host.Organization.Waiting++;
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
            var isProbe = _failing.Count > 0 && _probes < _mostProbes;
            if (!(isProbe ? _failing : _well).TryDequeue(out var organization))
                return null;
            var line = isProbe ? organization.Failing : organization.Well;
            line.IsInLine = false;
            // It got its last place by the other line. It comes back when it has one again.
            if (organization.Running >= limits.PlacesPerOrganization || !line.Hosts.TryDequeue(out var host))
                continue;
            host.IsInLine = false;
            // It began to fail since it lined up with the well: LineUp knows what it may have now.
            var work = !isProbe && IsFailing(host) ? null : Take(host);
            LineUp(host);
            LineUp(organization);
            if (work is not null)
                return work;
        }
    }

    /// <summary>What came of an attempt. <paramref name="hostIsWell"/> is null when it says nothing about the host.</summary>
    /// <returns>True: the host just recovered; false: it just began to fail; null: neither.</returns>
    public bool? Finish(CallbackWork work, bool? hostIsWell)
    {
        var host = _hosts[(work.Organization, work.Host)];
        _held.Remove(work.Key);
        Running--;
        host.Running--;
        host.Organization.Running--;
        if (host.IsProbed)
        {
            host.IsProbed = false;
            _probes--;
        }
        var change = Judge(host, hostIsWell);
        LineUp(host);
        LineUp(host.Organization);
        if (host is { Running: 0, Waiting.Count: 0 })
            Rest(host);
        return change;
    }

    private CallbackWork Take(CallbackHost host)
    {
        var work = host.Waiting.Dequeue();
        Waiting--;
        host.Organization.Waiting--;
        Running++;
        host.Running++;
        host.Organization.Running++;
        if (IsFailing(host))
        {
            host.IsProbed = true;
            _probes++;
        }
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
        (IsFailing(host) ? host.Organization.Failing : host.Organization.Well).Hosts.Enqueue(host);
        LineUp(host.Organization);
    }

    private void LineUp(CallbackOrganization organization)
    {
        if (organization.Running >= limits.PlacesPerOrganization)
            return;
        LineUp(organization, organization.Well, _well);
        LineUp(organization, organization.Failing, _failing);
    }

    private static void LineUp(CallbackOrganization organization, CallbackLine own, Queue<CallbackOrganization> line)
    {
        if (own.IsInLine || own.Hosts.Count == 0)
            return;
        own.IsInLine = true;
        line.Enqueue(organization);
    }

    private CallbackHost Remember(CallbackWork work)
    {
        if (!_organizations.TryGetValue(work.Organization, out var organization))
            _organizations.Add(work.Organization, organization = new CallbackOrganization(work.Organization));
        organization.Hosts++;
        var host = new CallbackHost(organization, work.Host);
        _hosts.Add((work.Organization, work.Host), host);
        return host;
    }

    /// <summary>An organization is forgotten with the last of its hosts.</summary>
    private void Forget(CallbackHost host)
    {
        _hosts.Remove((host.Organization.Name, host.Name));
        if (--host.Organization.Hosts == 0)
            _organizations.Remove(host.Organization.Name);
    }

    private void Rest(CallbackHost host)
    {
        if (!IsFailing(host))
        {
            Forget(host);
            return;
        }
        host.Resting = _resting.AddLast(host);
        if (_resting.Count <= MostResting)
            return;
        var oldest = _resting.First!.Value;
        Wake(oldest);
        Forget(oldest);
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
