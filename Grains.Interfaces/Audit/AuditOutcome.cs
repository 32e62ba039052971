namespace JobTracker.Audit;

/// <summary>How an audited action ended.</summary>
[GenerateSerializer, Alias("jobtracker.AuditOutcome")]
public enum AuditOutcome
{
    /// <summary>It was about to be done, and it is not known how it ended: it may be under way, or its process died.</summary>
    Begun = 0,

    /// <summary>It was done.</summary>
    Succeeded = 1,

    /// <summary>It was not done.</summary>
    Refused = 2,

    /// <summary>It ended, and whether it was done is not known: the answer was lost.</summary>
    Unknown = 3,
}

public static class AuditOutcomeFacts
{
    extension(AuditOutcome outcome)
    {
        /// <summary>The word for it in JSON, SQL and logs.</summary>
        public string Word => outcome switch
        {
            AuditOutcome.Begun => "begun",
            AuditOutcome.Succeeded => "succeeded",
            AuditOutcome.Refused => "refused",
            AuditOutcome.Unknown => "unknown",
        };

        /// <summary>The outcome that <paramref name="word"/> names, or null.</summary>
        public static AuditOutcome? FromWord(string word) => word switch
        {
            "begun" => AuditOutcome.Begun,
            "succeeded" => AuditOutcome.Succeeded,
            "refused" => AuditOutcome.Refused,
            "unknown" => AuditOutcome.Unknown,
            _ => null,
        };
    }
}
