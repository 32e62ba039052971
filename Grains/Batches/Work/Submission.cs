using System.Runtime.CompilerServices;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Rules;
using JobTracker.Grains.Storage.Batches;

namespace JobTracker.Grains.Batches.Work;

/// <summary>Making the batch at its provider: written down first, called once, and looked for when the answer is lost.</summary>
internal sealed class Submission(BatchCell cell, BatchContext context, IBatchProvider provider)
{
    private const int ItemsPerPage = 500;
    private const long BytesPerPage = 4 << 20;

    public async Task SendAsync(CancellationToken cancellation)
    {
        using var slot = await context.Transfers.EnterAsync(provider.Name, cancellation);
        var batch = cell.Current!;
        if (batch.IsRemoved)
            return; // deleted while this waited for its turn
        var outcome = await provider.SubmitAsync(new BatchSubmission
        {
            SubmissionId = batch.Posting(batch.Attempt.InputId, context.Now).SubmissionId,
            Endpoint = batch.Endpoint,
            Items = token => ItemsAsync(batch, token),
            InputId = batch.Attempt.InputId,
            Posting = PostingAsync,
        }, cancellation);
        await StoreAsync(outcome);
    }

    /// <summary>
    /// Written down right before the create. What was deleted during the
    /// upload is not made: nobody would follow it, and somebody would pay.
    /// </summary>
    private async Task PostingAsync(string? inputId, CancellationToken cancellation)
    {
        var posted = await cell.ChangeAsync(current => current.Posting(inputId, context.Now), cancellation);
        if (posted.IsRemoved)
            throw new OperationCanceledException("The batch was deleted before it was made.");
    }

    public async Task FindAsync(CancellationToken cancellation)
    {
        var batch = cell.Current!;
        var records = new AccountRecords(context, provider.Name);
        try
        {
            var found = await provider.FindAsync(records.Trace(batch), records.Creates, cancellation);
            if (found is FindOutcome.Found(var it))
                await FollowAsync(it, current => current.IsLostAs(batch));
            else
                await ChangeLostAsync(batch, current => found is FindOutcome.Unclear unclear
                    ? current.Unclear(unclear, context.Moment)
                    : current.NotListed(context.Moment));
        }
        catch (ProviderException failed)
        {
            context.Log.CallFailed(cell.Id.ToString(), provider.Name, BatchStep.Find, failed.Error.Message);
            await ChangeLostAsync(batch, current => current.SearchFailed(failed.Error, context.Moment));
        }
    }

    /// <summary>Only while it is the create that was looked for: it may have been settled meanwhile.</summary>
    private Task<Batch> ChangeLostAsync(Batch searched, Func<Batch, Batch> next) =>
        cell.ChangeAsync(current => current.IsLostAs(searched) ? next(current) : current);

    /// <summary>Not to be cancelled: what is known now must not be lost.</summary>
    private async Task StoreAsync(SubmitOutcome outcome)
    {
        var id = cell.Id.ToString();
        switch (outcome)
        {
            case SubmitOutcome.Created(var it):
                await FollowAsync(it, current => current.IsUnresolved);
                break;
            case SubmitOutcome.Refused(var error):
                context.Log.Refused(id, provider.Name, error.Text);
                await cell.ChangeAsync(current => current.Refused(error, context.Now));
                break;
            case SubmitOutcome.NotCreated(var error):
                context.Log.CallFailed(id, provider.Name, BatchStep.Submit, error.Text);
                await cell.ChangeAsync(current => current.NotCreated(error, context.Moment));
                break;
            case SubmitOutcome.Unknown(var error):
                context.Log.SubmissionUnknown(id, provider.Name, error.Text);
                await cell.ChangeAsync(current => current.SubmissionLost(error.Text, context.Moment));
                break;
        }
    }

    /// <summary>The batch at the provider becomes this one's, if no other has it.</summary>
    private async Task FollowAsync(ProviderBatch it, Func<Batch, bool> isStillOpen)
    {
        var result = await cell.TryChangeAsync(current => isStillOpen(current) ? current.Created(it, context.Moment) : current);
        if (result is BatchWriteResult.ProviderBatchTaken)
        {
            context.Log.FollowedByAnother(cell.Id.ToString(), provider.Name, it.Id);
            await cell.ChangeAsync(current => isStillOpen(current) ? current.FollowedByAnother(it.Id, context.Moment) : current);
        }
        else
        {
            context.Log.AtProvider(cell.Id.ToString(), provider.Name, it.Id);
        }
    }

    private async IAsyncEnumerable<SubmissionItem> ItemsAsync(Batch batch, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var after = -1L;
        while (true)
        {
            var page = await context.Store.ReadSubmissionAsync(
                batch.Id, batch.Snapshot.Attempts, after, ItemsPerPage, BytesPerPage, cancellation);
            if (page.Count == 0)
                yield break;
            foreach (var request in page)
                yield return new SubmissionItem(request.CustomId, request.Params);
            after = page[^1].Position;
        }
    }
}
