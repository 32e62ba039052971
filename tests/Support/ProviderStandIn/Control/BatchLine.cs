using JobTracker.Tests.StandIn.Batches;

namespace JobTracker.Tests.StandIn.Control;

/// <summary>A batch as the control endpoint shows it.</summary>
internal sealed record BatchLine(
    string Id, Dialect Dialect, BatchPhase Phase, BatchEnding? Ending, int Items, int Finished, DateTimeOffset CreatedAt)
{
    public static BatchLine Of(ProviderBatch batch)
    {
        var progress = batch.Progress;
        return new(batch.Id, batch.Order.Dialect, progress.Phase, progress.Ending, batch.Items.Count, batch.Finished, progress.CreatedAt);
    }
}
