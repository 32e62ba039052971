using JobTracker.Jobs;

namespace JobTracker.Grains.Jobs.Life;

internal sealed partial record Job
{
    public Decision Decide(DeleteJob command)
    {
        if (Mismatch(command.ExpectedVersion, Snapshot.Version) is { } stale)
            return new Decision.Refuse(stale);
        return BatchId is { } batch ? new Decision.Refuse(new Refusal.JobFollowsBatch(batch)) : new Decision.Remove();
    }
}
