using JobTracker.Batches;

namespace JobTracker.Client;

/// <summary>
/// What the client has to say about one batch. Failures of the service itself arrive as they are, see <see cref="IBatchTracker"/>.
/// </summary>
public abstract class BatchTrackerException : Exception
{
    private protected BatchTrackerException(BatchId batchId, string message, Exception? innerException = null)
        : base(message, innerException) => BatchId = batchId;

    public BatchId BatchId { get; }
}
