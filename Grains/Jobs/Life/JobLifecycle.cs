using System.Collections.Immutable;
using JobTracker.Jobs;
using static JobTracker.Jobs.JobStatus;

namespace JobTracker.Grains.Jobs.Life;

/// <summary>
/// Which status may follow which, and what entering one means. The only place that names transitions or assigns a status.
/// </summary>
internal static class JobLifecycle
{
    /// <summary>The transition table.</summary>
    public static bool Allows(JobStatus from, JobStatus to) => (from, to) switch
    {
        (Created, Pending or Cancelled) => true,
        (Pending, Running or Cancelled) => true,
        (Running, Completed or Failed or Cancelled) => true,
        (Created or Pending or Running, Expired) => true,
        _ => false,
    };

    /// <summary>What a caller may ask for; expired is the service's alone.</summary>
    public static bool MayAskFor(JobStatus status) => status != Expired;

    /// <summary>The statuses a caller may move a job to, for the refusal that names them.</summary>
    public static ImmutableArray<JobStatus> AllowedFrom(JobStatus from) =>
        [.. Enum.GetValues<JobStatus>().Where(to => MayAskFor(to) && Allows(from, to))];

    /// <summary>
    /// The statuses that a new job passes through to start at <paramref name="status"/>; empty: a job cannot start there.
    /// </summary>
    public static ImmutableArray<JobStatus> PathTo(JobStatus status) => status switch
    {
        Created => [Created],
        Pending => [Created, Pending],
        Running => [Created, Pending, Running],
        Completed or Failed or Cancelled or Expired => [],
    };

    /// <summary>
    /// The statuses that a job passes through from one to another, the last included; empty: it is there, or has ended, or is further on.
    /// </summary>
    public static ImmutableArray<JobStatus> PathTo(JobStatus from, JobStatus to) => (from, to) switch
    {
        _ when Allows(from, to) => [to],
        (Created, Running or Completed or Failed) => [Pending, .. PathTo(Pending, to)],
        (Pending, Completed or Failed) => [Running, to],
        _ => [],
    };

    /// <summary>The job in its next status, with all that goes with entering it.</summary>
    public static JobSnapshot Enter(JobSnapshot job, JobStatus status, Act act, string? stopReason)
    {
        var ends = status.IsTerminal;
        return job with
        {
            Status = status,
            StopReason = stopReason,
            History = job.History.Add(new JobTransition(status, act.At, act.By, stopReason)),
            StartedAt = status == Running ? act.At : job.StartedAt,
            CompletedAt = ends ? act.At : job.CompletedAt,
            TotalDurationNs = ends ? job.TotalDurationNs ?? DurationNs(job.StartedAt, act.At) : job.TotalDurationNs,
        };
    }

    private static long? DurationNs(DateTimeOffset? startedAt, DateTimeOffset completedAt) =>
        startedAt is { } start ? (completedAt - start).Ticks * TimeSpan.NanosecondsPerTick : null;
}
