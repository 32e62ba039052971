namespace JobTracker.Operations;

/// <summary>Where an operation stands.</summary>
[GenerateSerializer, Alias("jobtracker.OperationStatus")]
public enum OperationStatus
{
    /// <summary>It waits for an earlier one of the organization.</summary>
    Queued = 0,

    Running = 1,

    /// <summary>Every job was looked at; some of them may have been skipped, or have failed.</summary>
    Completed = 2,

    /// <summary>It was stopped: what it did stays done.</summary>
    Cancelled = 3,

    /// <summary>It could not go on; <c>last_error</c> says why.</summary>
    Failed = 4,
}

/// <summary>Facts about <see cref="OperationStatus"/>.</summary>
public static class OperationStatusFacts
{
    extension(OperationStatus status)
    {
        /// <summary>Nothing leaves a terminal status.</summary>
        public bool IsTerminal => status switch
        {
            OperationStatus.Queued or OperationStatus.Running => false,
            OperationStatus.Completed or OperationStatus.Cancelled or OperationStatus.Failed => true,
        };

        /// <summary>The word for it in JSON and logs.</summary>
        public string Word => status switch
        {
            OperationStatus.Queued => "queued",
            OperationStatus.Running => "running",
            OperationStatus.Completed => "completed",
            OperationStatus.Cancelled => "cancelled",
            OperationStatus.Failed => "failed",
        };
    }
}
