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
