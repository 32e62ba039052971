using JobTracker.Batches;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Rules;

namespace JobTracker.Grains.Batches.Work;

/// <summary>Gives every item its outcome, and then the batch its status: only now is it true.</summary>
/// <param name="provider">Null where the account is not configured any more; then what is known here decides.</param>
internal sealed class Reconciliation(BatchCell cell, BatchContext context, IBatchProvider? provider)
{
    private const int ItemsAtOnce = 5000;

    public async Task SettleAsync(CancellationToken cancellation)
    {
        var batch = cell.Current!;
        var missing = batch.Attempt.Verdict?.Missing
            ?? ((batch.Attempt.Ended is { } ended ? provider?.Missing(ended).Outcome : null) ?? ItemOutcome.MissingResult())
                .Because(batch.Attempt.Shortfall);
        while (batch.Snapshot.Counts.Pending > 0)
        {
            var pending = batch.Snapshot.Counts.Pending;
            batch = await cell.WriteAsync(current => context.Store.SettleMissingAsync(
                current, missing, ItemsAtOnce, context.Now, count =>
                    current.Settled(new IngestTally().With(missing.Status, count)), cancellation)) ?? batch;
            if (batch.Snapshot.Counts.Pending == pending)
                break;
            context.Metrics.Settled(batch.Snapshot.Provider, missing.Status, pending - batch.Snapshot.Counts.Pending);
        }

        var counted = await context.Store.CountItemsAsync(cell.Id, cancellation);
        if (counted != batch.Snapshot.Counts)
        {
            // The items are the truth. Another step settles those that the counts had missed.
            context.Log.CountsCorrected(cell.Id.ToString(), batch.Snapshot.Counts, counted);
            await cell.ChangeAsync(current => current.Recounted(counted), cancellation);
            return;
        }

        var status = batch.Attempt.Verdict?.Status ?? (batch.Attempt.Ended is { } end ? provider?.FinalStatus(end, batch.Tally) : null)
            ?? BatchStatus.Failed;
        batch = await cell.ChangeAsync(current => current.Reconciled(status, context.Now), cancellation);
        context.Log.Reconciled(cell.Id.ToString(), status.Word, batch.Snapshot.Counts.Completed, batch.Snapshot.Counts.Total);
        if (batch.Quarantined + batch.Attempt.Conflicts > 0)
            context.Log.OddLines(cell.Id.ToString(), batch.Quarantined, batch.Attempt.Conflicts);
    }
}
