using JobTracker.Grains.Batches.Providers.Http;

namespace JobTracker.Grains.Batches.Providers.OpenAI;

/// <summary>
/// Looks for a create whose answer was lost, by the file it named and the metadata it carried. Either is proof enough by itself, at any size and
/// time. A batch that shows neither, made when ours may have been, could be it.
/// </summary>
internal sealed class OpenAISearch(OpenAIProvider provider)
{
    public async Task<FindOutcome> FindAsync(SubmissionTrace trace, AccountCreates creates, CancellationToken cancellation)
    {
        List<ProviderBatch> ours = [];
        List<string> bare = [];
        var isUnusable = false;
        var list = new BatchList(after => provider.ReadPageAsync(after, cancellation), entry => entry.UnixTime("created_at"));
        await foreach (var entry in list.EntriesAsync(trace))
        {
            var isOurs = IsOf(entry.Word("input_file_id"), OpenAIBatch.SubmissionId(entry), trace);
            var batch = OpenAIBatch.Read(entry);
            if (isOurs is true && batch is null) isUnusable = true;
            else if (isOurs is true) ours.Add(batch!);
            else if (isOurs is null && batch is not null && SearchWindow.Contains(trace, batch.CreatedAt)
                && !await creates.IsTaken(batch.Id, cancellation)) bare.Add(batch.Id);
        }
        return await ConcludeAsync([.. ours.DistinctBy(batch => batch.Id)], bare, isUnusable, list.IsWhole, creates, cancellation);
    }

    /// <summary>The lost creates that a batch may be: the one whose mark it bears, or any of its time where it bears none.</summary>
    public static async Task<IReadOnlyList<SubmissionTrace>> PossibleAsync(ProviderBatch batch, AccountCreates creates, CancellationToken cancellation)
    {
        List<SubmissionTrace> possible = [];
        await foreach (var trace in creates.Unresolved(cancellation).WithCancellation(cancellation))
        {
            var isIt = IsOf(batch.InputId, batch.SubmissionId, trace);
            if (isIt is true) return [trace];
            if (isIt is null && SearchWindow.Contains(trace, batch.CreatedAt)) possible.Add(trace);
        }
        return possible;
    }

    /// <summary>A file is uploaded for one create alone, so it decides before metadata, which anybody may write. Null: no mark tells.</summary>
    private static bool? IsOf(string? inputId, string? submissionId, SubmissionTrace trace)
    {
        if (inputId is not null && trace.InputId is not null) return inputId == trace.InputId;
        return submissionId is null ? null : submissionId == trace.SubmissionId;
    }

    private static async Task<FindOutcome> ConcludeAsync(
        List<ProviderBatch> ours, List<string> bare, bool isUnusable, bool isWhole, AccountCreates creates, CancellationToken cancellation) => ours switch
        {
            [var only] when await creates.IsTaken(only.Id, cancellation) =>
                Unclear("What the create made is followed as another batch already.", only.Id),
            [var only] => new FindOutcome.Found(only),
            [_, ..] => Unclear("The provider made several batches of one create.", [.. ours.Select(batch => batch.Id)]),
            [] when isUnusable => Unclear("The provider made the batch under an id that cannot be used."),
            [] when bare.Count > 0 => Unclear("A batch of that time shows neither its file nor its metadata, and may be it.", [.. bare]),
            [] when !isWhole => Unclear("The account's list could not be looked through to its end."),
            [] => new FindOutcome.NotListed(),
        };

    private static FindOutcome.Unclear Unclear(string why, params string[] candidates) => new(why, candidates, NeedsAttention: true);
}
