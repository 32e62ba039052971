namespace JobTracker.Jobs;

/// <summary>What a job may need by itself. Where two are due at one moment, the first of this list goes first.</summary>
[GenerateSerializer, Alias("jobtracker.JobNeed")]
public enum JobNeed
{
    /// <summary><c>expires_at</c>: the job is expired.</summary>
    Expire = 0,

    /// <summary><c>timeout_seconds</c> after it began to run: the job fails.</summary>
    Timeout = 1,

    /// <summary><c>heartbeat_timeout_seconds</c> after the last sign of life: the job fails.</summary>
    HeartbeatDue = 2,

    /// <summary>The receiver of the callback is to be told.</summary>
    CallbackAttempt = 3,

    /// <summary>The job has been kept for as long as it was to be: it is removed.</summary>
    Purge = 4,
}

/// <summary>Facts about <see cref="JobNeed"/>.</summary>
public static class JobNeedFacts
{
    extension(JobNeed need)
    {
        /// <summary>The word for it in JSON and logs.</summary>
        public string Word => need switch
        {
            JobNeed.Expire => "expire",
            JobNeed.Timeout => "timeout",
            JobNeed.HeartbeatDue => "heartbeat_due",
            JobNeed.CallbackAttempt => "callback_attempt",
            JobNeed.Purge => "purge",
        };

        /// <summary>It ends the job.</summary>
        public bool IsDeadline => need switch
        {
            JobNeed.Expire or JobNeed.Timeout or JobNeed.HeartbeatDue => true,
            JobNeed.CallbackAttempt or JobNeed.Purge => false,
        };
    }
}
