using System.Runtime.CompilerServices;
using JobTracker.Grains.Batches.Providers;

namespace JobTracker.Grains.Batches.Work;

/// <summary>Making the batch at its provider: written down first, called once, and looked for when the answer is lost.</summary>
internal sealed class Submission(BatchCell cell, BatchContext context, IBatchProvider provider)
{
    private const int ItemsPerPage = 500;
    private const long BytesPerPage = 4 << 20;

    public async Task SendAsync(CancellationToken cancellation)
    {
        await context.Transfers.WaitAsync(cancellation);
        try
        {
            var batch = await cell.ChangeAsync(current => current.Posting(context.Now), cancellation);
            if (batch.IsRemoved) return; // deleted while this waited for its turn
            var outcome = await provider.SubmitAsync(
                new BatchSubmission { SubmissionId = batch.SubmissionId, Endpoint = batch.Endpoint, Items = token => ItemsAsync(batch, token) }, cancellation);
            await StoreAsync(outcome);
        }
        finally
        {
            context.Transfers.Release();
        }
    }

    public async Task FindAsync(CancellationToken cancellation)
    {
        var batch = cell.Current!;
        var found = await provider.FindAsync(new SubmissionTrace
        {
            SubmissionId = batch.SubmissionId,
            PostedAt = batch.PostedAt ?? batch.Snapshot.CreatedAt,
            ItemCount = batch.SubmittedItems,
            IsTaken = async (id, token) => await context.Store.IsTakenAsync(provider.Name, id, token),
            OwnsAll = async (ids, token) => await context.Store.OwnsAllAsync(batch.Id, batch.Snapshot.Attempts, ids, token),
        }, cancellation);
        await cell.ChangeAsync(current => found switch
        {
            FindOutcome.Found(var it) => current.Created(it, context.Moment),
            FindOutcome.Unclear unclear => current.Unclear(unclear, context.Moment),
            _ => current.Absent(context.Now),
        }, CancellationToken.None);
        if (found is FindOutcome.Found { Batch.Id: var providerBatchId }) context.Log.AtProvider(cell.Id.ToString(), provider.Name, providerBatchId);
    }

    /// <summary>Not to be cancelled: what is known now must not be lost.</summary>
    private async Task StoreAsync(SubmitOutcome outcome)
    {
        var id = cell.Id.ToString();
        switch (outcome)
        {
            case SubmitOutcome.Created(var it):
                await cell.ChangeAsync(current => current.Created(it, context.Moment));
                context.Log.AtProvider(id, provider.Name, it.Id);
                break;
            case SubmitOutcome.Refused(var error):
                context.Log.Refused(id, provider.Name, error.Message);
                await cell.ChangeAsync(current => current.Refused(error, context.Now));
                break;
            case SubmitOutcome.NotCreated(var error):
                context.Log.CallFailed(id, provider.Name, BatchStep.Submit, error.Message);
                await cell.ChangeAsync(current => current.NotCreated(error, context.Moment));
                break;
            case SubmitOutcome.Unknown(var error):
                context.Log.SubmissionUnknown(id, provider.Name, error.Message);
                await cell.ChangeAsync(current => current.SubmissionLost(error.Message, context.Moment));
                break;
        }
    }

    private async IAsyncEnumerable<SubmissionItem> ItemsAsync(Batch batch, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var after = -1L;
        while (true)
        {
            var page = await context.Store.ReadSubmissionAsync(batch.Id, batch.Snapshot.Attempts, after, ItemsPerPage, BytesPerPage, cancellation);
            if (page.Count == 0) yield break;
            foreach (var request in page) yield return new SubmissionItem(request.CustomId, request.Params);
            after = page[^1].Position;
        }
    }
}
