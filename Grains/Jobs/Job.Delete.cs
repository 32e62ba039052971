using JobTracker.Jobs;

namespace JobTracker.Grains.Jobs;

internal sealed partial record Job
{
    public Decision Decide(DeleteJob command) =>
        Mismatch(command.ExpectedVersion, Snapshot.Version) is { } stale ? new Decision.Refuse(stale) : new Decision.Remove();
}
