using System.Globalization;
using JobTracker.Jobs;

namespace JobTracker.Grains.Jobs.Life;

/// <summary>A job that is a group: what its children make of it.</summary>
internal sealed partial record Job
{
    /// <summary>All the statuses up to the end, in one write, once it is sealed and none of its children is open.</summary>
    public Decision Decide(ChildCounts children, Act act)
    {
        if (Snapshot is not { Group.IsSealed: true, Status.IsTerminal: false } || children.Open > 0)
            return new Decision.Keep();
        var end = EndOf(children);
        var next = Snapshot;
        foreach (var status in JobLifecycle.PathTo(Snapshot.Status, end))
        {
            var told = status is JobStatus.Failed ? next with { Error = next.Error ?? ErrorOf(children) } : next;
            next = JobLifecycle.Enter(told, status, act, status == end ? StopReasonOfGroup(end) : null);
        }
        return StoreIfChanged(next, act);
    }

    /// <summary>Whether its open children are to be cancelled: it was cancelled itself, or by its rule.</summary>
    public bool CancelsChildren(ChildCounts children) => children.Open > 0 && Snapshot is { Group: { } group } && (
        Snapshot.Status is JobStatus.Cancelled
        || (group.OnChildFailure is OnChildFailure.Cancel && children.Failed + children.Expired > 0));

    /// <summary>Why it cancels them.</summary>
    public string ChildStopReason => Snapshot.Status is JobStatus.Cancelled ? "group_cancelled" : "sibling_failed";

    /// <summary>Null: it may be sealed, or is.</summary>
    private Refusal? SealProblem() => Snapshot switch
    {
        { Group: null } => new Refusal.InvalidField("sealed", "only a group can be sealed"),
        { Group.IsSealed: false, Status.IsTerminal: true } =>
            new Refusal.JobHasEnded(Snapshot.Status, Snapshot.StopReason, ["sealed"]),
        _ => null,
    };

    private static JobStatus EndOf(ChildCounts children) => children switch
    {
        _ when children.Failed + children.Expired > 0 => JobStatus.Failed,
        { Cancelled: > 0 } => JobStatus.Cancelled,
        _ => JobStatus.Completed,
    };

    private static string? StopReasonOfGroup(JobStatus end) => end switch
    {
        JobStatus.Failed => "children_failed",
        JobStatus.Cancelled => "children_cancelled",
        JobStatus.Created or JobStatus.Pending or JobStatus.Running or JobStatus.Completed or JobStatus.Expired => null,
    };

    private static JobError ErrorOf(ChildCounts children) => new("children_failed", string.Create(
        CultureInfo.InvariantCulture, $"Of {children.Total} children {children.Failed} failed and {children.Expired} expired."));
}
