using System.Runtime.CompilerServices;
using JobTracker.Batches;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Batches.Providers;

namespace JobTracker.Grains.Batches.Work;

/// <summary>What the database tells a search about the creates of one account.</summary>
internal sealed class AccountRecords(BatchContext context, string provider)
{
    private const int PerPage = 200;

    public AccountCreates Creates => new()
    {
        IsTaken = (id, cancellation) => context.Store.IsTakenAsync(provider, id, cancellation),
        Alike = async (items, customIds, cancellation) =>
            [.. (await context.Store.AlikeCreatesAsync(provider, items, customIds ?? [], PerPage, cancellation)).Select(Trace)],
        Unresolved = UnresolvedAsync,
    };

    public SubmissionTrace Trace(Batch batch) => new()
    {
        BatchId = batch.Id,
        OrganizationId = batch.Snapshot.OrganizationId,
        SubmissionId = batch.SubmissionId,
        InputId = batch.Attempt.InputId,
        ItemCount = batch.Attempt.SubmittedItems,
        PostedAt = batch.Attempt.PostedAt ?? batch.Snapshot.CreatedAt,
        CarriedOutBy = (batch.Attempt.LostAt ?? context.Now) + context.Moment.Pace.AbsenceAfter,
        IsUnderWay = batch.Attempt.LostAt is null,
    };

    private async IAsyncEnumerable<SubmissionTrace> UnresolvedAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var after = new BatchId(Guid.Empty);
        while (await context.Store.UnresolvedCreatesAsync(provider, after, PerPage, cancellation) is { Count: > 0 } page)
        {
            foreach (var batch in page)
                yield return Trace(batch);
            if (page.Count < PerPage)
                yield break;
            after = page[^1].Id;
        }
    }
}
