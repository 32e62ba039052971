using JobTracker.Jobs;

namespace JobTracker.Client;

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
