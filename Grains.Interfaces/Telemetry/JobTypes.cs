using System.Collections.Concurrent;

namespace JobTracker.Telemetry;

/// <summary>
/// The values of <c>job_type</c>. They are callers' words, and each costs a series in every figure that has it: the first that a process
/// meets keep their names, all others share one.
/// </summary>
internal sealed class JobTypes
{
    /// <summary>How many keep their names.</summary>
    public const int Most = 50;

    /// <summary>What the others are called; OpenTelemetry's own word for it.</summary>
    public const string Other = "_OTHER";

    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private volatile bool _isFull;

    public string Bounded(string type) => _names.TryGetValue(type, out var known) ? known : _isFull ? Other : Meet(type);

    private string Meet(string type)
    {
        lock (_gate)
        {
            if (_names.Count < Most)
                return _names.GetOrAdd(type, type);
            _isFull = true;
            return Other;
        }
    }
}
