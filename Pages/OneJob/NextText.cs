using System.Globalization;
using JobTracker.Jobs;

namespace JobTracker.Pages.OneJob;

/// <summary>What happens next to a job, as a sentence around its moment.</summary>
/// <param name="Before">The words before the moment.</param>
/// <param name="At">The moment; null: there is none.</param>
/// <param name="After">The cause.</param>
public sealed record NextText(string Before, DateTimeOffset? At, string After)
{
    /// <summary>By what the service says of the job; else by its status.</summary>
    public static NextText Of(JobSnapshot job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return job.Next is { } next ? Of(next) : new(WithoutNext(job), null, "");
    }

    private static NextText Of(JobNext next) => next.What switch
    {
        JobNeed.Expire => new("It expires", next.At, "unless it ends before: its expires_at."),
        JobNeed.Timeout => new("It fails", next.At, "unless it ends before: its timeout since it began to run."),
        JobNeed.HeartbeatDue => new("It fails", next.At, "unless its worker shows before that it is alive."),
        JobNeed.CallbackAttempt when next.Attempt is { } attempt and > 1 => new(
            string.Create(CultureInfo.InvariantCulture, $"Attempt {attempt} to tell its receiver of its end is made"), next.At, ""),
        JobNeed.CallbackAttempt => new("Its receiver is told of its end", next.At, ""),
        JobNeed.Purge => new("It is removed", next.At, "by the retention of jobs that ended so."),
    };

    private static string WithoutNext(JobSnapshot job) => job switch
    {
        { Group: { IsSealed: false }, Status.IsTerminal: false } => "It takes children until it is sealed.",
        { Group: { IsSealed: true }, Status.IsTerminal: false } => "It ends when none of its children is open.",
        { Status: JobStatus.Created } => "It waits to be queued by whoever made it.",
        { Status: JobStatus.Pending } => "It waits for a worker to start it.",
        { Status: JobStatus.Running } => "It runs until its worker reports its end: no deadline is set.",
        { Callback: { DeliveredAt: not null } } => "Nothing: it has ended, and its receiver was told.",
        _ => "Nothing: it has ended.",
    };
}
