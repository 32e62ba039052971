namespace JobTracker.Grains.Batches.Work;

/// <summary>Frees the batch's jobs, and then removes its rows, so many at a time. Harmless to repeat from any point.</summary>
internal sealed class Removal(BatchCell cell, BatchContext context)
{
    public async Task GoOnAsync(CancellationToken cancellation)
    {
        await new BatchJob(cell, context).LeaveAsync();
        while (!await cell.RemoveSomeAsync(context.Options.RemovedRows))
            cancellation.ThrowIfCancellationRequested();
        context.Log.Removed(cell.Id.ToString());
    }
}
