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
