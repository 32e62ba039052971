namespace JobTracker.Batches;

/// <summary>
/// The state of a batch, in the words of a job's status. Ended at the provider is
/// not a status: until its results are stored and reconciled, the batch is running.
/// </summary>
[GenerateSerializer, Alias("jobtracker.BatchStatus")]
public enum BatchStatus
{
    Pending = 0,
    Running = 1,
    Completed = 2,
    Failed = 3,
    Cancelled = 4,
    Expired = 5,
}

public static class BatchStatusFacts
{
    extension(BatchStatus status)
    {
        /// <summary>Nothing leaves a terminal status but a resubmission of the failed items.</summary>
        public bool IsTerminal => status switch
        {
            BatchStatus.Pending or BatchStatus.Running => false,
            BatchStatus.Completed or BatchStatus.Failed or BatchStatus.Cancelled or BatchStatus.Expired => true,
        };

        /// <summary>The word for it in JSON, SQL, logs and metrics.</summary>
        public string Word => status switch
        {
            BatchStatus.Pending => "pending",
            BatchStatus.Running => "running",
            BatchStatus.Completed => "completed",
            BatchStatus.Failed => "failed",
            BatchStatus.Cancelled => "cancelled",
            BatchStatus.Expired => "expired",
        };

        /// <summary>The status that <paramref name="word"/> names, or null.</summary>
        public static BatchStatus? FromWord(string word) => word switch
        {
            "pending" => BatchStatus.Pending,
            "running" => BatchStatus.Running,
            "completed" => BatchStatus.Completed,
            "failed" => BatchStatus.Failed,
            "cancelled" => BatchStatus.Cancelled,
            "expired" => BatchStatus.Expired,
            _ => null,
        };
    }
}
