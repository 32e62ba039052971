using System.Collections.Concurrent;
using System.Text;

namespace JobTracker.Tests.Processes.BatchLives;

/// <summary>What a run of lives came to.</summary>
internal sealed class LivesReport(int seed)
{
    private const int MostStories = 5;

    private readonly ConcurrentQueue<(Life Life, LifeEnd End)> _ended = [];
    private readonly ConcurrentQueue<string> _failures = [];

    public bool IsClean => _failures.IsEmpty;

    public void Ended(Episode episode, Life life, LifeEnd end, IReadOnlyList<string> breaches)
    {
        _ended.Enqueue((life, end));
        if (breaches.Count > 0)
            _failures.Enqueue($"{life.Name} {string.Join("; ", breaches.Take(8))}\n  drawn {episode}\n{end.Story()}");
    }

    public void Failed(string what) => _failures.Enqueue(what);

    public string Summary(IReadOnlyList<string> kills) => new StringBuilder()
        .AppendLine(
            $"seed {seed}: {_ended.Count} lives, {_failures.Count} failures, {kills.Count} kills; JOBTRACKER_SEED={seed} draws them again")
        .AppendLine($"drawn ends: {Counted(_ended.Select(ended => $"{ended.Life.Dialect} {ended.Life.Ending}"))}")
        .AppendLine($"batches: {Counted(_ended.Select(ended => ended.End.Phase == "done" ? ended.End.Status : $"{ended.End.Phase}, needs attention"))}")
        .AppendLine($"faults met: {Counted(_ended.SelectMany(ended => ended.End.Journal).Where(entry => entry.Fault is not null).Distinct().Select(entry => $"{entry.Fault}"))}")
        .AppendLine($"slowest: {string.Join(", ", _ended.OrderByDescending(ended => ended.End.Took).Take(5).Select(ended => $"{ended.Life.Name} {ended.End.Took.TotalSeconds:0.0} s"))}")
        .AppendJoin('\n', kills)
        .ToString();

    public string Stories() => string.Join("\n\n", _failures.Take(MostStories));

    public string Verdicts() => string.Join('\n', _failures.Select(failure => failure.Split('\n')[0]));

    private static string Counted(IEnumerable<string> words) =>
        string.Join(", ", words.CountBy(word => word)
            .OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Value} {count.Key}"));
}
