using JobTracker.Batches;

namespace JobTracker.Client;

/// <summary>
/// The answer to a command was lost, and it may not simply be sent again. Whoever reads the batch sees whether it was carried out.
/// </summary>
public sealed class BatchOutcomeUnknownException : BatchTrackerException
{
    internal BatchOutcomeUnknownException(BatchId batchId, string command, Exception? innerException)
        : base(batchId, $"{batchId}: the answer to {command} was lost; it may or may not have been carried out.", innerException)
    {
    }
}
