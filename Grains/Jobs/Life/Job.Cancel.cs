using JobTracker.Grains.Jobs.Rules;
using JobTracker.Jobs;

namespace JobTracker.Grains.Jobs.Life;

internal sealed partial record Job
{
    /// <summary>A second cancellation is harmless; one that comes after another end is refused and says which.</summary>
    public Decision Decide(CancelJob command, Act act)
    {
        if (Mismatch(command.ExpectedVersion, Snapshot.Version) is { } stale)
            return new Decision.Refuse(stale);
        if (WordRules.StopReasonProblem(command.StopReason) is { } problem)
            return Decision.Invalid("stop_reason", problem);
        if (Snapshot.Status == JobStatus.Cancelled)
            return new Decision.Keep();
        if (!JobLifecycle.Allows(Snapshot.Status, JobStatus.Cancelled))
            return new Decision.Refuse(NotAllowed(JobStatus.Cancelled));
        return BatchId is { } batch
            ? new Decision.Refuse(new Refusal.JobFollowsBatch(batch))
            : StoreIfChanged(JobLifecycle.Enter(Snapshot, JobStatus.Cancelled, act, command.StopReason), act);
    }

    public Decision Decide(DeleteJob command)
    {
        if (Mismatch(command.ExpectedVersion, Snapshot.Version) is { } stale)
            return new Decision.Refuse(stale);
        return BatchId is { } batch ? new Decision.Refuse(new Refusal.JobFollowsBatch(batch)) : new Decision.Remove();
    }
}
