using JobTracker.Callers;
using JobTracker.Jobs;

namespace JobTracker.Client.Retrying;

/// <summary>What a job, read afterwards, tells about a command of which an answer was lost. Pure.</summary>
internal static class LostAnswer
{
    /// <summary>Null: it cannot be known.</summary>
    /// <param name="later">What a repetition of the command answered; null where it was not repeated, or never answered.</param>
    public static JobOutcome? Judge(UpdateJob command, Caller caller, JobSnapshot? job, JobOutcome? later)
    {
        if (job is null)
            return new JobOutcome.NotFound();
        if (Stands(command, caller, job))
            return new JobOutcome.Accepted(job);
        return later is JobOutcome.Refused { Reason: Refusal.VersionMismatch stale } && MayHaveBeenOverwritten(command, stale.Expected, job)
            ? null
            : later;
    }

    /// <summary>As above. A refused repetition is the truth unless the job stands cancelled by this caller.</summary>
    public static JobOutcome? Judge(Caller caller, JobSnapshot? job, JobOutcome? later) =>
        job is null ? new JobOutcome.NotFound()
        : job.Status == JobStatus.Cancelled && job.History[^1].By == caller.UserId ? new JobOutcome.Accepted(job)
        : later;

    /// <summary>
    /// The job shows everything that was asked for, by the hand of this caller; of a seal alone it does not matter whose it was.
    /// </summary>
    private static bool Stands(UpdateJob command, Caller caller, JobSnapshot job) =>
        (command == new UpdateJob { Seal = true } && job.Group is { IsSealed: true }) || StandsByCaller(command, caller, job);

    private static bool StandsByCaller(UpdateJob command, Caller caller, JobSnapshot job) =>
        (command.Status is { } status && Entered(job, status)?.By == caller.UserId
            || (command.Status is null || command.Status == job.Status) && job.LastUpdatedById == caller.UserId)
        && Shows(command.StopReason, job.StopReason)
        && Shows(command.Error, job.Error)
        && Shows(command.Progress, job.Progress)
        && Shows(command.TtftNs, job.TtftNs)
        && Shows(command.TotalDurationNs, job.TotalDurationNs)
        && Shows(command.ExpiresAt, job.ExpiresAt)
        && (!command.Seal || job.Group is { IsSealed: true })
        && MergedPatch.IsIn(job.Metadata, command.MetadataPatch);

    /// <summary>Further versions may hide a change that was carried out, but no status is ever taken out of the history.</summary>
    private static bool MayHaveBeenOverwritten(UpdateJob command, long expected, JobSnapshot job) =>
        job.Version > expected + 1 && (command.Status is not { } status || Entered(job, status) is not null);

    private static JobTransition? Entered(JobSnapshot job, JobStatus status) => job.History.FirstOrDefault(entry => entry.Status == status);

    private static bool Shows<T>(Change<T> change, T? current) =>
        !change.IsSet || EqualityComparer<T?>.Default.Equals(change.Value, current);

    /// <summary>Times are stored to the microsecond.</summary>
    private static bool Shows(Change<DateTimeOffset?> change, DateTimeOffset? current) =>
        !change.IsSet || change.Value?.UtcTicks / TimeSpan.TicksPerMicrosecond == current?.UtcTicks / TimeSpan.TicksPerMicrosecond;
}
