using JobTracker.Grains.Batches.Providers.Http;
using JobTracker.Grains.Batches.Providers.Http.Json;

namespace JobTracker.Grains.Batches.Providers.OpenAI;

/// <summary>
/// Looks for a create whose answer was lost, by the file it named and the metadata it carried. Either is proof enough by itself, at any
/// size and time. A batch that shows neither, made when ours may have been, could be it.
/// </summary>
internal sealed class OpenAISearch(OpenAIProvider provider)
{
    public async Task<FindOutcome> FindAsync(SubmissionTrace trace, AccountCreates creates, CancellationToken cancellation)
    {
        List<ProviderBatch> ours = [];
        List<ProviderBatch> bare = [];
        var isUnusable = false;
        var list = new BatchList(after => provider.ReadPageAsync(after, cancellation), entry => entry.UnixTime("created_at"));
        await foreach (var entry in list.EntriesAsync(trace))
        {
            var isOurs = IsOf(entry.Word("input_file_id"), OpenAIBatch.SubmissionId(entry), trace);
            var batch = OpenAIBatch.Read(entry);
            if (isOurs is true && batch is null)
                isUnusable = true;
            else if (isOurs is true)
                ours.Add(batch!);
            else if (isOurs is null && batch is not null && SearchWindow.Contains(trace, batch.CreatedAt)
                && !await creates.IsTaken(batch.Id, cancellation)) bare.Add(batch);
        }
        if (ours.Count == 0 && !isUnusable && bare.Count > 0)
            return Unclear("A batch of that time shows neither its file nor its metadata, and may be it.",
                await NamedAsync(bare, trace, creates, cancellation));
        return await ConcludeAsync([.. ours.DistinctBy(batch => batch.Id)], isUnusable, list.IsWhole, creates, cancellation);
    }

    /// <summary>The lost creates that a batch may be: the one whose mark it bears, or any of its time where it bears none.</summary>
    public static async Task<IReadOnlyList<SubmissionTrace>> PossibleAsync(
        ProviderBatch batch, AccountCreates creates, CancellationToken cancellation)
    {
        List<SubmissionTrace> possible = [];
        await foreach (var trace in creates.Unresolved(cancellation).WithCancellation(cancellation))
        {
            if (IsOf(batch.InputId, batch.SubmissionId, trace) is true)
                return [trace];
            if (MayBe(batch, trace))
                possible.Add(trace);
        }
        return possible;
    }

    /// <summary>
    /// One that may be another organization's is not named. Asked after the list
    /// was read: who made a batch that it shows had written it down before.
    /// </summary>
    private static async Task<string[]> NamedAsync(
        List<ProviderBatch> bare, SubmissionTrace trace, AccountCreates creates, CancellationToken cancellation)
    {
        var others = await creates.Unresolved(cancellation)
            .Where(create => create.OrganizationId != trace.OrganizationId).ToListAsync(cancellation);
        return [.. bare.Where(batch => !others.Exists(other => MayBe(batch, other))).Select(batch => batch.Id)];
    }

    private static bool MayBe(ProviderBatch batch, SubmissionTrace trace) =>
        IsOf(batch.InputId, batch.SubmissionId, trace) ?? SearchWindow.Contains(trace, batch.CreatedAt);

    /// <summary>
    /// A file is uploaded for one create alone, so it decides before metadata, which anybody may write. Null: no mark tells.
    /// </summary>
    private static bool? IsOf(string? inputId, string? submissionId, SubmissionTrace trace)
    {
        if (inputId is not null && trace.InputId is not null)
            return inputId == trace.InputId;
        return submissionId is null ? null : submissionId == trace.SubmissionId;
    }

    private static async Task<FindOutcome> ConcludeAsync(
        List<ProviderBatch> ours, bool isUnusable, bool isWhole, AccountCreates creates, CancellationToken cancellation) => ours switch
        {
            [var only] when await creates.IsTaken(only.Id, cancellation) =>
                Unclear("What the create made is followed as another batch already.", only.Id),
            [var only] => new FindOutcome.Found(only),
            [_, ..] => Unclear("The provider made several batches of one create.", [.. ours.Select(batch => batch.Id)]),
            [] when isUnusable => Unclear("The provider made the batch under an id that cannot be used."),
            [] when !isWhole => Unclear("The account's list could not be looked through to its end."),
            [] => new FindOutcome.NotListed(),
        };

    private static FindOutcome.Unclear Unclear(string why, params string[] candidates) => new(why, candidates, NeedsAttention: true);
}
