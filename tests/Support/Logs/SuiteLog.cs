using System.Collections.Concurrent;

namespace JobTracker.Tests.Support.Logs;

/// <summary>
/// What the hosts and processes of a test run logged as a warning or worse, and nobody expected: what is right is no warning.
/// </summary>
internal static class SuiteLog
{
    private static readonly ConcurrentDictionary<(string Category, int EventId), (LogLine First, int Count)> Unforeseen = new();

    /// <summary>Each kind once, with how often it came and the first of its texts; empty where all went as it should.</summary>
    public static IReadOnlyList<string> Unexpected =>
    [
        .. Unforeseen.OrderBy(kind => kind.Key.Category, StringComparer.Ordinal)
            .Select(
                kind => $"{kind.Value.Count} × {kind.Value.First.Level} {kind.Key.Category}[{kind.Key.EventId}] {kind.Value.First.Text}"),
    ];

    public static void Add(LogLine line)
    {
        if (!ExpectedLogs.Has(line))
            Unforeseen.AddOrUpdate((line.Category, line.EventId), (line, 1), (_, seen) => (seen.First, seen.Count + 1));
    }
}
