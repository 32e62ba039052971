using JobTracker.Jobs;

namespace JobTracker.Grains.Jobs.Life;

internal sealed partial record Job
{
    /// <summary>What the service does by itself when <paramref name="due"/> is due. </summary>
    public Decision Decide(JobNext due, Act act) => due.What switch
    {
        JobNeed.Expire => StoreIfChanged(JobLifecycle.Enter(Snapshot, JobStatus.Expired, act, "expired"), act),
        JobNeed.Timeout => Fail("timeout", $"The job ran for longer than its timeout_seconds ({Snapshot.Timeout?.TotalSeconds:0}).", act),
        JobNeed.HeartbeatDue =>
            Fail(
                "heartbeat_lost",
                $"The worker gave no sign of life for its heartbeat_timeout_seconds ({Snapshot.HeartbeatTimeout?.TotalSeconds:0}).", act),
        JobNeed.CallbackAttempt => TakeInHand(act),
        JobNeed.Purge => new Decision.Remove(),
    };

    /// <summary>
    /// The write gives this silo the attempt for a while, see <see cref="JobNeeds"/>;
    /// none where it has it already. What comes of it is another change.
    /// </summary>
    private Decision TakeInHand(Act act) => DueAt > act.At
        ? new Decision.Keep()
        : new Decision.Store(this with { Snapshot = Snapshot with { Version = Snapshot.Version + 1, UpdatedAt = act.At } });

    /// <summary>An error that the worker itself told says more than that it fell silent.</summary>
    private Decision Fail(string stopReason, string message, Act act)
    {
        var failed = Snapshot with { Error = Snapshot.Error ?? new JobError(stopReason, message) };
        return StoreIfChanged(JobLifecycle.Enter(failed, JobStatus.Failed, act, stopReason), act);
    }
}
