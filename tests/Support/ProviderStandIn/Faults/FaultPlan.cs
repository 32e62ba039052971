using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.StandIn.Faults;

/// <summary>The armed faults. Each request spends at most one: the first armed that fits it.</summary>
public sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<ArmedFault> _armed = [];

    /// <summary>Those still to come, in the order they were armed.</summary>
    public IReadOnlyList<ArmedFault> Armed
    {
        get
        {
            lock (_gate)
                return [.. _armed];
        }
    }

    /// <summary>Hits the next <paramref name="times"/> requests of the route; <see cref="int.MaxValue"/> is for ever.</summary>
    /// <param name="apiKey">Only requests of this account.</param>
    /// <param name="about">Only requests whose path contains this: a batch's or a file's id.</param>
    public void Arm(StandInRoute route, FaultKind kind, int times = 1, string? apiKey = null, string? about = null) =>
        Arm(route, new Fault(kind), times, apiKey, about);

    public void Arm(StandInRoute route, Fault fault, int times = 1, string? apiKey = null, string? about = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(times);
        lock (_gate)
            _armed.Add(new ArmedFault(route, fault, times, apiKey, about));
    }

    public void Clear()
    {
        lock (_gate)
            _armed.Clear();
    }

    /// <summary>Those of one account.</summary>
    public void Disarm(string apiKey)
    {
        lock (_gate)
            _armed.RemoveAll(armed => armed.ApiKey == apiKey);
    }

    internal Fault? Spend(StandInRoute route, string apiKey, string path)
    {
        lock (_gate)
        {
            var index = _armed.FindIndex(armed => armed.Fits(route, apiKey, path));
            if (index < 0)
                return null;
            var hit = _armed[index];
            if (hit.Times == 1)
                _armed.RemoveAt(index);
            else if (hit.Times < int.MaxValue)
                _armed[index] = hit with { Times = hit.Times - 1 };
            return hit.Fault;
        }
    }
}
