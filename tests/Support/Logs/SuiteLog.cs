using System.Collections.Concurrent;

namespace JobTracker.Tests.Support.Logs;

/// <summary>
/// What the hosts and processes of a test run logged as a warning or worse, and nobody expected: what is right is no warning. And what
/// they logged, at any level that is on by default, that holds a secret.
/// </summary>
internal static class SuiteLog
{
    private static readonly ConcurrentDictionary<(string Category, int EventId), (LogLine First, int Count)> Unforeseen = new();

    private static readonly ConcurrentDictionary<(string Category, int EventId), string> Told = new();

    /// <summary>What of each kind first told a secret; empty where none did.</summary>
    public static IReadOnlyList<string> Secret => [.. Told.Select(line => $"{line.Key.Category}[{line.Key.EventId}] {line.Value}")];

    /// <summary>Each kind once, with how often it came and the first of its texts; empty where all went as it should.</summary>
    public static IReadOnlyList<string> Unexpected =>
    [
        .. Unforeseen.OrderBy(kind => kind.Key.Category, StringComparer.Ordinal)
            .Select(
                kind => $"{kind.Value.Count} × {kind.Value.First.Level} {kind.Key.Category}[{kind.Key.EventId}] {kind.Value.First.Text}"),
    ];

    /// <summary>Looks for secrets in what was logged, whether it was expected or not.</summary>
    public static void Search(LogLine line)
    {
        if (SecretText.In(line.Text) is not null)
            Told.TryAdd((line.Category, line.EventId), line.Text);
    }

    public static void Add(LogLine line)
    {
        if (!ExpectedLogs.Has(line))
            Unforeseen.AddOrUpdate((line.Category, line.EventId), (line, 1), (_, seen) => (seen.First, seen.Count + 1));
    }
}
