using JobTracker.Jobs;

namespace JobTracker.Client;

internal static class JobOutcomeFacts
{
    /// <summary>The job that the command left behind; what kept it from doing so becomes an exception.</summary>
    public static JobSnapshot JobOrThrow(this JobOutcome outcome, JobId id) => outcome switch
    {
        JobOutcome.Accepted accepted => accepted.Job,
        JobOutcome.AlreadyDone done => done.Job,
        JobOutcome.Refused refused => throw new JobRefusedException(id, refused.Reason),
        _ => throw new JobNotFoundException(id),
    };
}
