using JobTracker.Batches;

namespace JobTracker.Client;

/// <summary>There is no such batch, or it is another organization's.</summary>
public sealed class BatchNotFoundException : BatchTrackerException
{
    internal BatchNotFoundException(BatchId batchId)
        : base(batchId, $"There is no batch {batchId}.")
    {
    }
}
