namespace JobTracker.Grains.Batches.Work;

/// <summary>Runs the completion handlers that have not run yet, one after the other; then the batch is done.</summary>
internal sealed class Completion(BatchCell cell, BatchContext context)
{
    public async Task HandleAsync(CancellationToken cancellation)
    {
        foreach (var handler in context.Handlers.Where(handler => !cell.Current!.Attempt.Handled.Contains(handler.Name)))
        {
            try
            {
                await handler.HandleAsync(OfBatch(), cancellation);
            }
            catch (Exception problem) when (!cancellation.IsCancellationRequested)
            {
                context.Log.HandlerFailed(problem, cell.Id.ToString(), handler.Name);
                await cell.ChangeAsync(batch => batch.HandlerFailed(handler.Name, problem.Message, context.Moment), cancellation);
                return;
            }
            await cell.ChangeAsync(batch => batch.HandledBy(handler.Name), cancellation);
        }
        await cell.ChangeAsync(batch => batch.Finished(), cancellation);
    }

    private BatchCompletion OfBatch() => new(
        cell.Current!.Snapshot,
        async (query, token) => cell.Current!.Shown(await context.Store.ListItemsAsync(cell.Id, query, context.JobLimits.PageBytes, token)),
        async (customId, token) =>
            await context.Store.ReadItemAsync(cell.Id, customId, token) is { } item ? cell.Current!.Shown(item) : null);
}
