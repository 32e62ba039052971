using JobTracker.Batches;

namespace JobTracker.Client.Batches;

internal static class BatchOutcomeFacts
{
    /// <summary>The batch that the command left behind; what kept it from doing so becomes an exception.</summary>
    public static BatchSnapshot BatchOrThrow(this BatchOutcome outcome, BatchId id) => outcome switch
    {
        BatchOutcome.Accepted accepted => accepted.Batch,
        BatchOutcome.AlreadyDone done => done.Batch,
        BatchOutcome.Refused refused => throw new BatchRefusedException(id, refused.Reason),
        _ => throw new BatchNotFoundException(id),
    };
}
