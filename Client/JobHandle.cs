using JobTracker.Jobs;

namespace JobTracker.Client;

/// <summary>
/// One job and the tracker that knows it: each method is the <see cref="IJobTracker"/> method of that name. Holds no state of the job.
/// </summary>
public sealed class JobHandle
{
    private readonly IJobTracker _tracker;

    internal JobHandle(IJobTracker tracker, JobId id)
    {
        _tracker = tracker;
        Id = id;
    }

    public JobId Id { get; }

    /// <inheritdoc cref="IJobTracker.GetAsync"/>
    public Task<JobSnapshot?> GetAsync(CancellationToken cancellation = default) => _tracker.GetAsync(Id, cancellation);

    /// <inheritdoc cref="IJobTracker.UpdateAsync"/>
    public Task<JobSnapshot> UpdateAsync(UpdateJob command, CancellationToken cancellation = default) =>
        _tracker.UpdateAsync(Id, command, cancellation);

    /// <inheritdoc cref="IJobTracker.HeartbeatAsync"/>
    public Task<JobSnapshot> HeartbeatAsync(Heartbeat? heartbeat = null, CancellationToken cancellation = default) =>
        _tracker.HeartbeatAsync(Id, heartbeat, cancellation);

    /// <summary>How far the work has come, for a worker that does not use <see cref="RunAsync"/>; a sign of life as well.</summary>
    /// <inheritdoc cref="JobRun.ReportProgressAsync"/>
    /// <exception cref="JobNotFoundException" />
    public Task<JobSnapshot> ReportProgressAsync(
        long completed, long? total = null, string? message = null, CancellationToken cancellation = default) =>
        HeartbeatAsync(new Heartbeat { Progress = new JobProgress(completed, total, message) }, cancellation);

    /// <inheritdoc cref="IJobTracker.CancelAsync"/>
    public Task<JobSnapshot> CancelAsync(CancelJob? command = null, CancellationToken cancellation = default) =>
        _tracker.CancelAsync(Id, command, cancellation);

    /// <inheritdoc cref="IJobTracker.DeleteAsync"/>
    public Task<JobSnapshot?> DeleteAsync(DeleteJob? command = null, CancellationToken cancellation = default) =>
        _tracker.DeleteAsync(Id, command, cancellation);

    /// <inheritdoc cref="IJobTracker.RedeliverCallbackAsync"/>
    public Task<JobSnapshot> RedeliverCallbackAsync(RedeliverCallback? command = null, CancellationToken cancellation = default) =>
        _tracker.RedeliverCallbackAsync(Id, command, cancellation);

    /// <inheritdoc cref="IJobTracker.RetryAsync"/>
    public Task<JobHandle> RetryAsync(CancellationToken cancellation = default) => _tracker.RetryAsync(Id, cancellation);

    /// <inheritdoc cref="IJobTracker.GetCallbackAttemptsAsync"/>
    public Task<JobCallbackAttempts?> GetCallbackAttemptsAsync(CancellationToken cancellation = default) =>
        _tracker.GetCallbackAttemptsAsync(Id, cancellation);

    /// <inheritdoc cref="IJobTracker.WaitForCompletionAsync"/>
    public Task<JobWait> WaitForCompletionAsync(TimeSpan longestWait, CancellationToken cancellation = default) =>
        _tracker.WaitForCompletionAsync(Id, longestWait, cancellation);

    /// <inheritdoc cref="IJobTracker.WatchAsync"/>
    public IAsyncEnumerable<JobSnapshot> WatchAsync(long afterVersion = 0, CancellationToken cancellation = default) =>
        _tracker.WatchAsync(Id, afterVersion, cancellation);

    /// <inheritdoc cref="IJobTracker.RunAsync"/>
    public Task<RunResult> RunAsync(
        Func<JobRun, CancellationToken, Task> work, RunOptions? options = null, CancellationToken cancellation = default) =>
        _tracker.RunAsync(Id, work, options, cancellation);

    public override string ToString() => Id.ToString();
}
