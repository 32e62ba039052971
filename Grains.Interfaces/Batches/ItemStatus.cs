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
    }
}
