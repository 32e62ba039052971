namespace JobTracker.Batches;

/// <summary>The state of one item of a batch; everything but pending is final and came from a result line or from its absence.</summary>
[GenerateSerializer, Alias("jobtracker.ItemStatus")]
public enum ItemStatus
{
    Pending = 0,
    Completed = 1,
    Failed = 2,
    Cancelled = 3,
    Expired = 4,
}

public static class ItemStatusFacts
{
    extension(ItemStatus status)
    {
        public bool IsTerminal => status switch
        {
            ItemStatus.Pending => false,
            ItemStatus.Completed or ItemStatus.Failed or ItemStatus.Cancelled or ItemStatus.Expired => true,
        };

        /// <summary>The word for it in JSON, SQL, logs and metrics.</summary>
        public string Word => status switch
        {
            ItemStatus.Pending => "pending",
            ItemStatus.Completed => "completed",
            ItemStatus.Failed => "failed",
            ItemStatus.Cancelled => "cancelled",
            ItemStatus.Expired => "expired",
        };

        /// <summary>The status that <paramref name="word"/> names, or null.</summary>
        public static ItemStatus? FromWord(string word) => word switch
        {
            "pending" => ItemStatus.Pending,
            "completed" => ItemStatus.Completed,
            "failed" => ItemStatus.Failed,
            "cancelled" => ItemStatus.Cancelled,
            "expired" => ItemStatus.Expired,
            _ => null,
        };
    }
}
