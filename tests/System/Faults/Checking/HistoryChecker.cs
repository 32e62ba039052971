namespace JobTracker.Tests.Processes.Faults.Checking;

/// <summary>Decides from a history alone which promises were broken.</summary>
internal sealed class HistoryChecker
{
    private readonly IReadOnlyList<HistoryLine> _lines;
    private readonly Dictionary<string, SeenState> _last;

    private HistoryChecker(IEnumerable<HistoryLine> lines)
    {
        _lines = [.. lines.OrderBy(line => line.End)];
        _last = (Last(Asked.LastList)?.Jobs ?? []).GroupBy(job => job.Id).ToDictionary(same => same.Key, same => same.First());
    }

    /// <summary>Every breach; empty where all promises were kept.</summary>
    public static IReadOnlyList<Breach> Check(IEnumerable<HistoryLine> lines)
    {
        var checker = new HistoryChecker(lines);
        return
        [
            .. checker.Lost(), .. checker.TwiceFromOneVersion(), .. checker.AfterTheEnd(), .. checker.CompletedTwice(),
            .. ClientView.Breaches(checker._lines), .. ListView.Breaches(checker._lines), .. CallbackView.Breaches(checker._lines),
        ];
    }

    /// <summary>The last list shows each acknowledged change, or a later version of its job.</summary>
    private IEnumerable<Breach> Lost() =>
        from line in _lines
        where line is { Asked: Asked.Create or Asked.Change, IsAcknowledged: true, Job: not null }
        let kept = _last.GetValueOrDefault(line.Job!.Id)
        where kept is null || kept.Version < line.Job!.Version || (kept.Version == line.Job!.Version && kept.Status != line.Job!.Status)
        select new Breach(
            Promise.NothingAcknowledgedIsLost, $"{line.Job} was acknowledged, in the end there is {kept?.ToString() ?? "none"}");

    /// <summary>Two operations that both say that they were made from one version, or that both made one version.</summary>
    private IEnumerable<Breach> TwiceFromOneVersion() =>
        from line in _lines
        where line is { Asked: Asked.Change, IsAcknowledged: true, From: not null, Job: not null }
        group line by (line.Job!.Id, line.From) into changes
        let operations = changes.Select(change => change.Operation).Distinct().Order(StringComparer.Ordinal).ToList()
        where operations.Count > 1
        select new Breach(
            Promise.OneSuccessFromOneVersion, $"{changes.Key.Id}: {string.Join(", ", operations)} from version {changes.Key.From}");

    /// <summary>A version has one status, and after a terminal one no other comes.</summary>
    private IEnumerable<Breach> AfterTheEnd() =>
        from job in Seen()
        let states = job.OrderBy(state => state.Version).ToList()
        let end = states.Find(state => state.IsTerminal)
        where end is not null
        from state in states
        where state.Version >= end.Version && state.Status != end.Status
        group state by job.Key into after
        select new Breach(Promise.NothingAfterTheEnd, $"{after.First()} was seen of a job that had ended");

    private IEnumerable<Breach> CompletedTwice() =>
        from job in Seen()
        let wrong = job.FirstOrDefault(state => state.IsTerminal != state.CompletedAt.HasValue)
        let moments = job.Where(state => state.CompletedAt.HasValue).Select(state => state.CompletedAt).Distinct().Count()
        where wrong is not null || moments > 1
        select new Breach(Promise.CompletedOnce, wrong is null ? $"{job.Key} was completed at {moments} moments" : $"{wrong}");

    /// <summary>Every state of each job that any answer showed. Callbacks tell no version.</summary>
    private IEnumerable<IGrouping<string, SeenState>> Seen() =>
        _lines.Where(line => line.Asked is not Asked.Callback)
            .SelectMany(line => line.Job is { } one ? [one] : line.Jobs ?? []).GroupBy(state => state.Id);

    private HistoryLine? Last(Asked asked) => _lines.LastOrDefault(line => line.Asked == asked && line.IsAcknowledged);
}
