using JobTracker.Batches;

namespace JobTracker.Client;

/// <summary>How a wait for a batch's end ended.</summary>
public abstract record BatchWait
{
    private BatchWait()
    {
    }

    /// <summary>The batch has ended; <paramref name="Batch"/> is terminal and its results are complete.</summary>
    public sealed record Ended(BatchSnapshot Batch) : BatchWait;

    /// <summary>The longest wait has passed; <paramref name="Batch"/> is the batch as last seen, not terminal.</summary>
    public sealed record TimedOut(BatchSnapshot Batch) : BatchWait;

    /// <summary>There is no such batch.</summary>
    public sealed record NotFound : BatchWait;
}
