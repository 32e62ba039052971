using System.Collections.Concurrent;

namespace JobTracker.Gateway.Logs;

/// <summary>What has been said since the last window began, and how often it came again.</summary>
internal sealed class Repeats
{
    private ConcurrentDictionary<Kind, Repeated> _said = new();

    /// <summary>Whether it is the first of its kind; the others are counted.</summary>
    public bool IsFirst(Kind kind, LogLevel level, string text)
    {
        var mine = new Repeated(level, text);
        var said = _said.GetOrAdd(kind, mine);
        if (ReferenceEquals(said, mine))
            return true;
        said.Add();
        return false;
    }

    /// <summary>What came more than once; a new window begins.</summary>
    public IEnumerable<KeyValuePair<Kind, Repeated>> Take() =>
        Interlocked.Exchange(ref _said, new ConcurrentDictionary<Kind, Repeated>()).Where(said => said.Value.Count > 0);
}

/// <summary>One message of the program, whatever stands in its places.</summary>
internal readonly record struct Kind(string Category, int EventId);

/// <summary>A message that was written once.</summary>
internal sealed class Repeated(LogLevel level, string text)
{
    private int _count;

    public LogLevel Level => level;

    /// <summary>Of the first.</summary>
    public string Text => text;

    /// <summary>How often it was not written.</summary>
    public int Count => Volatile.Read(ref _count);

    public void Add() => Interlocked.Increment(ref _count);
}
