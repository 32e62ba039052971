using JobTracker.Jobs;

namespace JobTracker.Client;

/// <summary>
/// What the client has to say about one job. Failures of the service itself arrive as they are, see <see cref="IJobTracker"/>.
/// </summary>
public abstract class JobTrackerException : Exception
{
    private protected JobTrackerException(JobId jobId, string message, Exception? innerException = null)
        : base(message, innerException) => JobId = jobId;

    public JobId JobId { get; }
}

/// <summary>There is no such job, or it is another organization's.</summary>
public sealed class JobNotFoundException : JobTrackerException
{
    internal JobNotFoundException(JobId jobId)
        : base(jobId, $"There is no job {jobId}.")
    {
    }
}

/// <summary>The job's work was not begun: it has ended, or somebody is at it.</summary>
public sealed class JobNotRunnableException : JobTrackerException
{
    internal JobNotRunnableException(JobSnapshot job)
        : base(job.Id, job.Status.IsTerminal ? $"{job.Id} has ended: it is {job.Status.Word}." : $"{job.Id} is running already.") =>
            Job = job;

    /// <summary>The job as it was found.</summary>
    public JobSnapshot Job { get; }
}

/// <summary>
/// The answer to a command was lost, and neither repeating it safely nor reading the job could tell whether it was carried out.
/// Whoever knows what the job should look like reads it and decides.
/// </summary>
public sealed class JobOutcomeUnknownException : JobTrackerException
{
    internal JobOutcomeUnknownException(JobId jobId, object command, Exception? innerException)
        : base(
            jobId, $"{jobId}: the answer to {command.GetType().Name} was lost; it may or may not have been carried out.", innerException) =>
        Command = command;

    /// <summary>What was asked: a <see cref="CreateJob"/>, <see cref="UpdateJob"/>, <see cref="CancelJob"/>, <see cref="DeleteJob"/>,
    /// <see cref="Heartbeat"/> or <see cref="RedeliverCallback"/>.</summary>
    public object Command { get; }
}

/// <summary>The service said no, and nothing was changed. Sending the same again is of no use.</summary>
public sealed class JobRefusedException : JobTrackerException
{
    internal JobRefusedException(JobId jobId, Refusal reason)
        : base(jobId, $"{jobId}: {Say(reason)}") => Reason = reason;

    public Refusal Reason { get; }

    private static string Say(Refusal reason) => reason switch
    {
        Refusal.TransitionNotAllowed { Allowed.IsEmpty: true } ended => $"a job that is {ended.From.Word} cannot become {ended.To.Word}.",
        Refusal.TransitionNotAllowed no =>
            $"a job that is {no.From.Word} cannot become {no.To.Word}, only {string.Join(" or ", no.Allowed.Select(status => status.Word))}.",
        Refusal.JobHasEnded ended => $"the job is {ended.Status.Word}; {string.Join(", ", ended.Fields)} can no longer change.",
        Refusal.VersionMismatch stale => $"the job is at version {stale.Actual}, not {stale.Expected}.",
        Refusal.IdempotencyKeyReused reused => $"the idempotency key '{reused.Key}' was used for another request.",
        Refusal.NothingToRedeliver nothing => nothing.Problem,
        Refusal.JobFollowsBatch follows => $"the job follows {follows.Batch}; cancel or delete the batch instead.",
        Refusal.InvalidField invalid => $"{invalid.Field} {invalid.Problem}.",
        _ => reason.ToString(),
    };
}

/// <summary>
/// Thrown by a job's work to fail it with a code of one's own; any other exception fails it with the exception's type name as the code.
/// </summary>
public sealed class JobFailedException : Exception
{
    /// <param name="code">1 to 128 characters.</param>
    /// <param name="stopReason"><c>[a-z][a-z0-9_]{0,63}</c>.</param>
    public JobFailedException(string code, string message, string stopReason = "error", Exception? innerException = null)
        : base(message, innerException)
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        Code = code;
        StopReason = stopReason;
    }

    public string Code { get; }

    public string StopReason { get; }
}
