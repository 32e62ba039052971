namespace JobTracker.Jobs;

/// <summary>Where a job stands. Which status may follow which is told by the service's transition table alone.</summary>
[GenerateSerializer, Alias("jobtracker.JobStatus")]
public enum JobStatus
{
    Created = 0,
    Pending = 1,
    Running = 2,
    Completed = 3,
    Failed = 4,
    Cancelled = 5,

    /// <summary><c>expires_at</c> passed before the job ended. Set by the service alone.</summary>
    Expired = 6,
}

/// <summary>Facts about <see cref="JobStatus"/>; a new status has to answer each before the build passes.</summary>
public static class JobStatusFacts
{
    extension(JobStatus status)
    {
        /// <summary>Nothing leaves a terminal status.</summary>
        public bool IsTerminal => status switch
        {
            JobStatus.Created or JobStatus.Pending or JobStatus.Running => false,
            JobStatus.Completed or JobStatus.Failed or JobStatus.Cancelled or JobStatus.Expired => true,
        };

        /// <summary>The word for it in JSON, SQL, logs and metrics.</summary>
        public string Word => status switch
        {
            JobStatus.Created => "created",
            JobStatus.Pending => "pending",
            JobStatus.Running => "running",
            JobStatus.Completed => "completed",
            JobStatus.Failed => "failed",
            JobStatus.Cancelled => "cancelled",
            JobStatus.Expired => "expired",
        };

        /// <summary>The status that <paramref name="word"/> names, or null.</summary>
        public static JobStatus? FromWord(string word) => word switch
        {
            "created" => JobStatus.Created,
            "pending" => JobStatus.Pending,
            "running" => JobStatus.Running,
            "completed" => JobStatus.Completed,
            "failed" => JobStatus.Failed,
            "cancelled" => JobStatus.Cancelled,
            "expired" => JobStatus.Expired,
            _ => null,
        };
    }
}
