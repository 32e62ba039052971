using System.Collections.Immutable;
using JobTracker.Grains.Jobs.Rules;
using JobTracker.Jobs;

namespace JobTracker.Grains.Jobs.Life;

internal sealed partial record Job
{
    /// <summary>
    /// All of the change, or none of it. Progress of a job is a sign of its worker's
    /// life. A job that has ended takes no more than metadata: its outcome is final.
    /// </summary>
    public Decision Decide(UpdateJob command, Act act, JobLimits limits)
    {
        if (Mismatch(command.ExpectedVersion, Snapshot.Version) is { } stale)
            return new Decision.Refuse(stale);
        if (UpdateRules.Problem(Snapshot, command, act, limits) is { } problem)
            return new Decision.Refuse(problem);
        if (command.Seal && SealProblem() is { } unsealable)
            return new Decision.Refuse(unsealable);
        if (BatchId is { } batch && IsForTheBatch(command))
            return new Decision.Refuse(new Refusal.JobFollowsBatch(batch));
        if (command.Status is { } asked && asked != Snapshot.Status
            && !(JobLifecycle.MayAskFor(asked) && JobLifecycle.Allows(Snapshot.Status, asked)))
            return new Decision.Refuse(NotAllowed(asked));

        var next = WithFields(command);
        if (Snapshot.Status.IsTerminal && OutcomeFieldsChangedBy(next) is { IsEmpty: false } fields)
            return new Decision.Refuse(new Refusal.JobHasEnded(Snapshot.Status, Snapshot.StopReason, fields));
        if (command.MetadataPatch is { } patch)
        {
            next = next with { Metadata = MergePatch.Apply(Snapshot.Metadata, patch) };
            if (JsonRules.Problem(next.Metadata, limits.MetadataBytes, limits.MetadataDepth) is { } tooMuch)
                return Decision.Invalid("metadata", $"the merged object {tooMuch}");
        }

        if (command.Status is { } status && status != Snapshot.Status)
            next = JobLifecycle.Enter(next, status, act, next.StopReason ?? DefaultStopReason(status));
        else if (command.Progress.IsSet && !Snapshot.Status.IsTerminal)
            next = next with { HeartbeatAt = act.At };
        return StoreIfChanged(next, act, IsProgressOnly(command));
    }

    /// <summary>Of a batch's job callers may change the metadata. Once it has ended it answers as every ended job does.</summary>
    private bool IsForTheBatch(UpdateJob command) =>
        !Snapshot.Status.IsTerminal
            && ((command.Status ?? Snapshot.Status) != Snapshot.Status || !OutcomeFieldsChangedBy(WithFields(command)).IsEmpty);

    /// <summary>With a version it guards, and must move it: two changes from one version may not both succeed.</summary>
    private static bool IsProgressOnly(UpdateJob command) =>
        command.Progress.IsSet && command == new UpdateJob { Progress = command.Progress };

    private JobSnapshot WithFields(UpdateJob command) => SetsNoField(command) ? Snapshot : Snapshot with
    {
        StopReason = command.StopReason.Or(Snapshot.StopReason),
        Error = command.Error.Or(Snapshot.Error),
        Progress = command.Progress.Or(Snapshot.Progress),
        TtftNs = command.TtftNs.Or(Snapshot.TtftNs),
        TotalDurationNs = command.TotalDurationNs.Or(Snapshot.TotalDurationNs),
        ExpiresAt = command.ExpiresAt.Or(Snapshot.ExpiresAt)?.ToMicroseconds(),
        Group = command.Seal ? Snapshot.Group! with { IsSealed = true } : Snapshot.Group,
    };

    private static bool SetsNoField(UpdateJob command) => command is
    {
        StopReason.IsSet: false,
        Error.IsSet: false,
        Progress.IsSet: false,
        TtftNs.IsSet: false,
        TotalDurationNs.IsSet: false,
        ExpiresAt.IsSet: false,
        Seal: false,
    };

    private ImmutableArray<string> OutcomeFieldsChangedBy(JobSnapshot next)
    {
        var fields = ImmutableArray.CreateBuilder<string>();
        Note("stop_reason", next.StopReason == Snapshot.StopReason);
        Note("error", next.Error == Snapshot.Error);
        Note("progress", next.Progress == Snapshot.Progress);
        Note("ttft_ns", next.TtftNs == Snapshot.TtftNs);
        Note("total_duration_ns", next.TotalDurationNs == Snapshot.TotalDurationNs);
        Note("expires_at", next.ExpiresAt == Snapshot.ExpiresAt);
        return fields.ToImmutable();

        void Note(string field, bool same)
        {
            if (!same)
                fields.Add(field);
        }
    }

    private static string? DefaultStopReason(JobStatus status) => status == JobStatus.Cancelled ? "cancelled" : null;

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
