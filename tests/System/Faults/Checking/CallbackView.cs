namespace JobTracker.Tests.Processes.Faults.Checking;

/// <summary>
/// Each job that ended in an event of its callback was told of, every time under one webhook-id, and none that had not ended.
/// </summary>
internal static class CallbackView
{
    /// <summary>What a callback tells of where its events are not named.</summary>
    private static readonly string[] Told = ["completed", "failed"];

    public static IEnumerable<Breach> Breaches(IReadOnlyList<HistoryLine> lines)
    {
        var last = lines.LastOrDefault(line => line is { Asked: Asked.LastList, IsAcknowledged: true })?.Jobs?
            .GroupBy(job => job.Id).ToDictionary(same => same.Key, same => same.First()) ?? [];
        var came = lines.Where(line => line is { Asked: Asked.Callback, Job: not null }).ToLookup(line => line.Job!.Id);
        var wanting = lines.Where(line => line is { Asked: Asked.Create, WantsCallback: true, IsAcknowledged: true, Job: not null })
            .Select(line => line.Job!.Id).Distinct();
        foreach (var id in wanting)
        {
            if (last.TryGetValue(id, out var end) && Told.Contains(end.Status) && !came[id].Any())
                yield return Of($"{end} was never told");
        }
        foreach (var calls in came)
        {
            if (calls.Select(call => call.WebhookId).Distinct().Count() is > 1 and var ids)
                yield return Of($"{calls.Key} was told under {ids} ids");
            if (calls.FirstOrDefault(call => last.GetValueOrDefault(calls.Key)?.Status != call.Job!.Status) is { } wrong)
                yield return Of($"{wrong.Job} was told, in the end it is {last.GetValueOrDefault(calls.Key)?.Status ?? "not there"}");
        }
    }

    private static Breach Of(string what) => new(Promise.OwedCallbacksCome, what);
}
