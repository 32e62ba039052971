namespace JobTracker.Tests.Processes.Faults.Checking;

/// <summary>
/// A list shows each job that was acknowledged before it began, at the version of then or later, and none twice; the last counts are those
/// of the last list, and that has no job that nobody asked for. What the last list lacks is lost, which is another promise.
/// </summary>
internal static class ListView
{
    public static IEnumerable<Breach> Breaches(IReadOnlyList<HistoryLine> lines)
    {
        var acknowledged = lines.Where(line => line is { Asked: Asked.Create, IsAcknowledged: true, Job: not null }).ToList();
        foreach (var list in lines.Where(line => line is { Asked: Asked.List or Asked.LastList, IsAcknowledged: true, Jobs: not null }))
        {
            var jobs = list.Jobs!.ToLookup(job => job.Id);
            foreach (var twice in jobs.Where(same => same.Count() > 1))
                yield return Of(list, $"has {twice.Key} {twice.Count()} times");
            if (list.Asked is Asked.LastList)
                continue;
            foreach (var (id, version) in Acknowledged(lines, list.Begin)
                .Where(known => jobs[known.Key].Any(job => job.Version < known.Value)))
                yield return Of(list, $"has an older {id} than version {version}");
            foreach (var missing in acknowledged.Where(create => create.End <= list.Begin && !jobs.Contains(create.Job!.Id)))
                yield return Of(list, $"has no {missing.Job!.Id}, acknowledged at {missing.End:0} ms");
        }

        var last = lines.LastOrDefault(line => line is { Asked: Asked.LastList, IsAcknowledged: true });
        var count = lines.LastOrDefault(line => line is { Asked: Asked.LastCount, IsAcknowledged: true });
        if (last is null || count is null)
        {
            yield return new Breach(Promise.ListsAreCompleteAndCountsExact, "the last list and counts were not to be had");
            yield break;
        }
        foreach (var breach in OfCounts(last, count).Concat(OfMore(lines, last)))
            yield return breach;
    }

    /// <summary>The newest version of each job that was acknowledged by then.</summary>
    private static Dictionary<string, long> Acknowledged(IEnumerable<HistoryLine> lines, double moment) => lines
        .Where(line => line is { Asked: Asked.Create or Asked.Change, IsAcknowledged: true, Job: not null } && line.End <= moment)
        .GroupBy(line => line.Job!.Id)
        .ToDictionary(job => job.Key, job => job.Max(line => line.Job!.Version), StringComparer.Ordinal);

    private static IEnumerable<Breach> OfCounts(HistoryLine last, HistoryLine count)
    {
        var listed = last.Jobs!.CountBy(job => job.Status).ToDictionary(pair => pair.Key, pair => (long)pair.Value);
        foreach (var status in listed.Keys.Union(count.Counts!.Keys))
        {
            var (inList, inCounts) = (listed.GetValueOrDefault(status), count.Counts!.GetValueOrDefault(status));
            if (inList != inCounts)
                yield return Of(count, $"has {inCounts} {status}, the list {inList}");
        }
    }

    /// <summary>An operation makes one job at most, however often it was repeated under its key.</summary>
    private static IEnumerable<Breach> OfMore(IReadOnlyList<HistoryLine> lines, HistoryLine last)
    {
        var asked = lines.Where(line => line is { Asked: Asked.Create, IsRefused: false })
            .Select(line => line.Operation).Distinct().Count();
        if (last.Jobs!.Count > asked)
            yield return Of(last, $"has {last.Jobs.Count} jobs, where {asked} were asked for");
    }

    private static Breach Of(HistoryLine line, string what) =>
        new(Promise.ListsAreCompleteAndCountsExact, $"{line.Asked} of {line.Client} at {line.Begin:0} ms {what}");
}
