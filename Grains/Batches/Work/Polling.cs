using JobTracker.Batches;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Batches.Providers;

namespace JobTracker.Grains.Batches.Work;

/// <summary>Asking the provider how the batch stands, and telling it to cancel.</summary>
internal sealed class Polling(BatchCell cell, BatchContext context, IBatchProvider provider)
{
    public async Task PollAsync(CancellationToken cancellation)
    {
        var answer = await provider.GetAsync(cell.Current!.Snapshot.ProviderBatchId!, cancellation);
        await StoreAsync(answer, (batch, moment) => batch.Polled(answer, moment), cancellation);
    }

    public async Task CancelAsync(CancellationToken cancellation)
    {
        var answer = await provider.CancelAsync(cell.Current!.Snapshot.ProviderBatchId!, cancellation);
        await StoreAsync(answer, (batch, moment) => batch.CancelAnswered(answer, moment), cancellation);
    }

    private async Task StoreAsync(ProviderBatch answer, Func<Batch, Moment, Batch> next, CancellationToken cancellation)
    {
        if (answer.Stage is ProviderStage.Unrecognized)
            context.Log.UnknownStatus(cell.Id.ToString(), provider.Name, answer.RawStatus);
        var batch = await cell.ChangeAsync(current => next(current, context.Moment), cancellation);
        if (batch is { Snapshot.Phase: BatchPhase.Ingesting, Attempt.Pass: 1 })
            context.Log.EndedAtProvider(cell.Id.ToString(), provider.Name, answer.RawStatus);
    }
}
