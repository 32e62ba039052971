using JobTracker.Jobs;

namespace JobTracker.Gateway.Jobs;

/// <summary>How many children a group has; one that was removed counts as it ended, or as cancelled.</summary>
/// <param name="Total">All that were ever made.</param>
/// <param name="Created">Open.</param>
/// <param name="Pending">Open.</param>
/// <param name="Running">Open.</param>
/// <param name="Completed">Ended.</param>
/// <param name="Failed">Ended.</param>
/// <param name="Cancelled">Ended.</param>
/// <param name="Expired">Ended.</param>
internal sealed record ChildCountsView(
    long Total, long Created, long Pending, long Running, long Completed, long Failed, long Cancelled, long Expired)
{
    public static ChildCountsView Of(ChildCounts children) => new(
        children.Total, children.Created, children.Pending, children.Running, children.Completed, children.Failed, children.Cancelled,
        children.Expired);
}
