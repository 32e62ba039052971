namespace JobTracker.Pages.Parts;

/// <summary>A shape of its own for each kind of status, 16 by 16.</summary>
internal static class StatusIcon
{
    private const string Ring = "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zm0 1.8a4.2 4.2 0 1 1 0 8.4 4.2 4.2 0 0 1 0-8.4z";
    private const string Clock = "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zm-.8 2.4h1.6v3.2l2.4 1.5-.9 1.3-3.1-2z";
    private const string Play = "M4 2.5v11l9-5.500z";
    private const string Check = "M6.300 12.500 2 8.200l1.500-1.500 2.800 2.800L12.500 3.500 14 5z";
    private const string Cross = "M3.500 2.200 8 6.600l4.500-4.400 1.300 1.300L9.400 8l4.400 4.500-1.300 1.300L8 9.400l-4.500 4.400-1.300-1.300L6.600 8 2.200 3.500z";
    private const string Stop = "M3 3h10v10H3z";
    private const string Glass = "M4 2h8v2L9.200 8 12 12v2H4v-2l2.800-4L4 4z";

    public static string Of(string word) => word switch
    {
        "created" or "draft" => Ring,
        "pending" or "waiting" or "queued" => Clock,
        "running" or "in_progress" or "submitted" or "cancelling" => Play,
        "completed" or "delivered" or "active" or "succeeded" => Check,
        "failed" or "refused" => Cross,
        "cancelled" or "revoked" or "suspended" or "stopping" or "shutting_down" => Stop,
        "expired" => Glass,
        _ => Ring,
    };
}
