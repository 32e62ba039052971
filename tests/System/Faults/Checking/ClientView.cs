namespace JobTracker.Tests.Processes.Faults.Checking;

/// <summary>What a client was answered before, it is never shown less of: reads that began after an answer ended.</summary>
internal static class ClientView
{
    public static IEnumerable<Breach> Breaches(IReadOnlyList<HistoryLine> lines) =>
        lines.Where(line => line.Asked is not Asked.Callback && !line.Client.StartsWith("last", StringComparison.Ordinal))
            .GroupBy(line => line.Client).SelectMany(OfClient);

    private static IEnumerable<Breach> OfClient(IEnumerable<HistoryLine> lines)
    {
        // Races of one client overlap: what counts for a line is what had ended before it began.
        var byBegin = lines.OrderBy(line => line.Begin).ToList();
        var ended = new Queue<HistoryLine>(byBegin.OrderBy(line => line.End));
        var known = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var line in byBegin)
        {
            while (ended.TryPeek(out var before) && before.End <= line.Begin)
                Note(known, ended.Dequeue());
            if (line is { Asked: Asked.Read, Answer: 404, Id: { } gone } && known.TryGetValue(gone, out var version))
                yield return Of(line, $"was told that there is no {gone}, of which it knew version {version}");
            if (line is { Asked: Asked.Read or Asked.Change, IsAcknowledged: true, Job: { } job }
                && known.TryGetValue(job.Id, out var atLeast) && job.Version < atLeast)
                yield return Of(line, $"was shown {job}, of which it knew version {atLeast}");
        }
    }

    private static void Note(Dictionary<string, long> known, HistoryLine line)
    {
        if (line is { IsAcknowledged: true, Job: { } job })
            known[job.Id] = Math.Max(job.Version, known.GetValueOrDefault(job.Id));
    }

    private static Breach Of(HistoryLine line, string what) => new(Promise.OwnWritesAreRead, $"{line.Client} at {line.Begin:0} ms {what}");
}
