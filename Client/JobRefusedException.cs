using JobTracker.Jobs;

namespace JobTracker.Client;

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
