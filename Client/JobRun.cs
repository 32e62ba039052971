using System.Text.Json;
using System.Text.Json.Nodes;
using JobTracker.Jobs;

namespace JobTracker.Client;

/// <summary>A job as its worker sees it, for as long as the work lasts.</summary>
/// <remarks>
/// What is reported here is sent again when its answer is lost: the worker is taken to be the only one who writes the job's progress and
/// its own keys of the metadata. Where a report finds that the job has ended or is gone, it cancels the work and throws <see
/// cref="OperationCanceledException"/>.
/// </remarks>
public sealed class JobRun
{
    private readonly Func<UpdateJob, CancellationToken, Task> _report;

    internal JobRun(JobSnapshot job, Func<UpdateJob, CancellationToken, Task> report)
    {
        Job = job;
        _report = report;
    }

    public JobId Id => Job.Id;

    /// <summary>The job as it was when the work began.</summary>
    public JobSnapshot Job { get; }

    internal JobCompletion Completion { get; private set; } = new();

    /// <summary>How far the work has come.</summary>
    /// <param name="completed">Units done, 0 or more.</param>
    /// <param name="total">Units in all, at least <paramref name="completed"/>; null while unknown.</param>
    /// <param name="message">At most 1,024 characters.</param>
    /// <exception cref="JobRefusedException">A value is out of its range.</exception>
    public Task ReportProgressAsync(long completed, long? total = null, string? message = null, CancellationToken cancellation = default) =>
        _report(new UpdateJob { Progress = Change.To(new JobProgress(completed, total, message)) }, cancellation);

    /// <summary>Merges <paramref name="patch"/> into the job's metadata (RFC 7396: null removes a key).</summary>
    /// <exception cref="JobRefusedException">The merged object would be too large or too deep.</exception>
    public Task SetMetadataAsync(JsonObject patch, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(patch);
        return _report(new UpdateJob { MetadataPatch = patch.ToJsonString(JsonSerializerOptions.Default) }, cancellation);
    }

    /// <summary>What to say when the work returns; the last call counts. Sends nothing by itself.</summary>
    public void CompleteWith(JobCompletion completion)
    {
        ArgumentNullException.ThrowIfNull(completion);
        Completion = completion;
    }
}

/// <summary>How a worker enters a job's work.</summary>
public sealed record RunOptions
{
    /// <summary>
    /// Also runs a job that is running already. For a caller who knows that the worker before it is gone (the same one restarted);
    /// otherwise a job would be worked on twice.
    /// </summary>
    public bool TakeOver { get; init; }
}

/// <summary>How a job stands after its work returned.</summary>
/// <param name="Job">The job as it ended; the last one seen where it was deleted.</param>
public sealed record RunResult(JobSnapshot Job, RunEnd End)
{
    /// <summary>The job ended as this worker reported it.</summary>
    public bool Won => End == RunEnd.AsReported;
}

/// <summary>Whose word ended a job.</summary>
public enum RunEnd
{
    /// <summary>This worker's report stands.</summary>
    AsReported = 0,

    /// <summary>The job had been ended by another when this worker was done: cancelled, expired, failed by the service.</summary>
    EndedElsewhere = 1,

    /// <summary>The job was deleted meanwhile.</summary>
    Deleted = 2,
}
