using Microsoft.Extensions.Options;

namespace JobTracker.Grains.Absent;

/// <summary>
/// The grains of this silo that answered that there is nothing under their id: it never was, or is deleted. Whoever asks for ids that are
/// not there makes a grain with each of them, so they are bounded in number and leave within seconds, all by one timer.
/// </summary>
/// <remarks>They stay that long for whoever asks again and again, and for the calls that are queued behind a delete.</remarks>
internal sealed class AbsentGrains : IDisposable
{
    private readonly AbsentOptions _options;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();

    /// <summary>The one that was asked for longest ago is first.</summary>
    private readonly LinkedList<Absence> _inOrder = [];
    private readonly Dictionary<IGrainContext, LinkedListNode<Absence>> _byGrain = new(ReferenceEqualityComparer.Instance);

    public AbsentGrains(IOptions<AbsentOptions> options, TimeProvider clock)
    {
        (_options, _clock) = (options.Value, clock);
        _timer = clock.CreateTimer(_ => SendAway(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The grain has just answered that there is nothing; one that did so before counts from now on.</summary>
    public void Add(IGrainContext grain)
    {
        IGrainContext? tooMany = null;
        lock (_lock)
        {
            var now = _clock.GetTimestamp();
            if (_byGrain.Remove(grain, out var node))
                _inOrder.Remove(node);
            else if (_inOrder.Count == _options.Most)
                tooMany = TakeFirst();
            if (_inOrder.Count == 0)
                _timer.Change(_options.StayTime, Timeout.InfiniteTimeSpan);
            _byGrain[grain] = _inOrder.AddLast(new Absence(grain, now));
        }

        Leave(tooMany);
    }

    /// <summary>
    /// Makes what was not there: meanwhile, and from then on, the grain stays
    /// as any other does. Where nothing came of it, it is absent again.
    /// </summary>
    public async Task<T> WhileMadeAsync<T>(IGrainContext grain, Func<Task<T>> make, Func<bool> isThere)
    {
        Remove(grain);
        try
        {
            return await make();
        }
        finally
        {
            // Asked for by an interleaving read, it was absent still.
            if (isThere())
                Remove(grain);
            else
                Add(grain);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Remove(IGrainContext grain)
    {
        lock (_lock)
        {
            if (_byGrain.Remove(grain, out var node))
                _inOrder.Remove(node);
        }
    }

    private void SendAway()
    {
        List<IGrainContext> leaving = [];
        lock (_lock)
        {
            while (_inOrder.First is { } first)
            {
                var left = _options.StayTime - _clock.GetElapsedTime(first.Value.Since);
                if (left > TimeSpan.Zero)
                {
                    // Not for each of them: those of the same moment go together.
                    _timer.Change(left + (_options.StayTime / 10), Timeout.InfiniteTimeSpan);
                    break;
                }

                leaving.Add(TakeFirst());
            }
        }

        foreach (var grain in leaving)
            Leave(grain);
    }

    private IGrainContext TakeFirst()
    {
        var grain = _inOrder.First!.Value.Grain;
        _inOrder.RemoveFirst();
        _byGrain.Remove(grain);
        return grain;
    }

    /// <summary>Calls under way end first, and what is stored by one of them is read again by the next.</summary>
    private static void Leave(IGrainContext? grain) =>
        grain?.Deactivate(
            new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "There is nothing under its id."), CancellationToken.None);

    private readonly record struct Absence(IGrainContext Grain, long Since);
}
