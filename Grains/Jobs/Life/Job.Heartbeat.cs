using JobTracker.Grains.Jobs.Rules;
using JobTracker.Jobs;

namespace JobTracker.Grains.Jobs.Life;

internal sealed partial record Job
{
    /// <summary>A sign of life may wait for its write: a later one makes up for it.</summary>
    public Decision Decide(Heartbeat command, Act act, JobLimits limits)
    {
        if (command.Progress is { } progress && UpdateRules.ProgressProblem(progress, limits) is { } problem)
            return Decision.Invalid("progress", problem);
        if (Snapshot.Status.IsTerminal)
            return new Decision.Refuse(
                new Refusal.JobHasEnded(
                    Snapshot.Status, Snapshot.StopReason, command.Progress is null ? ["heartbeat_at"] : ["heartbeat_at", "progress"]));
        if (BatchId is { } batch)
            return new Decision.Refuse(new Refusal.JobFollowsBatch(batch));
        return StoreIfChanged(Snapshot with { HeartbeatAt = act.At, Progress = command.Progress ?? Snapshot.Progress }, act, mayWait: true);
    }
}
