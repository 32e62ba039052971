using JobTracker.Jobs;
using JobTracker.Organizations;

namespace JobTracker.Client;

/// <summary>
/// Jobs of one organization, over the Orleans cluster that keeps them. Safe for concurrent use; one instance serves a process.
/// </summary>
/// <remarks>
/// <para>
/// Failures that may pass are retried where that cannot do a thing twice, for as long as <see cref="JobTrackerClientOptions"/> allows.
/// What is thrown after that: <see cref="Storage.StorageUnavailableException"/> or <see cref="Storage.StorageOverloadedException"/> where
/// nothing was stored, <see cref="JobOutcomeUnknownException"/> where a command may or may not have been carried out, and for reads the
/// last failure itself.
/// </para>
/// <para>A token that is cancelled while a command is under way ends the wait for its answer, not the command.</para>
/// </remarks>
/// <example>
/// <code>
/// builder.Services.AddJobTrackerClient(options =&gt; { options.OrganizationId = "org-1"; options.UserId = "importer"; });
///
/// var job = await tracker.CreateAsync(new CreateJob { JobType = "import" });
/// var result = await job.RunAsync(async (run, cancellation) =&gt;
/// {
///     for (var page = 0; page &lt; 10; page++)
///     {
///         await ImportAsync(page, cancellation);
///         await run.ReportProgressAsync(page + 1, total: 10, cancellation: cancellation);
///     }
/// });
/// </code>
/// </example>
public interface IJobTracker
{
    /// <summary>A handle for a job that exists already; asks nothing of the service.</summary>
    JobHandle Job(JobId jobId);

    /// <summary>
    /// Makes a job. With <see cref="CreateJob.IdempotencyKey"/> a second call with the same key and the same request gives the handle of
    /// the first one's job; without one, each call makes one job, however often it had to be sent.
    /// </summary>
    /// <exception cref="JobRefusedException">A field is out of range, or the key was used for another request.</exception>
    Task<JobHandle> CreateAsync(CreateJob command, CancellationToken cancellation = default);

    /// <summary>
    /// Makes a group: a job that ends by itself when it is sealed and none of its children is open. With <paramref name="children"/> they
    /// are made in order and the group is sealed: then its end tells that all of them are done. Without, its handle makes and seals.
    /// </summary>
    /// <param name="command">What the group is; <see cref="CreateJob.Group"/> says what a child's failure means.</param>
    /// <param name="children">Taken one after the other; null: none yet, and the group stays open for more.</param>
    /// <exception cref="JobRefusedException">A field is out of range. Of a child: the group and the children before it are made, and the
    /// group is not sealed.</exception>
    Task<GroupHandle> GroupAsync(CreateJob command, IEnumerable<CreateJob>? children = null, CancellationToken cancellation = default);

    /// <summary>The job as it is; null where there is none (or it is another organization's).</summary>
    Task<JobSnapshot?> GetAsync(JobId jobId, CancellationToken cancellation = default);

    /// <summary>
    /// All jobs that match, page by page (<see cref="JobQuery.Limit"/> is the size of a page), to the end: a job that exists
    /// throughout the walk is seen exactly once. <see cref="JobQuery.Before"/> alone means one page, the one just before that job; it may
    /// have fewer jobs than asked for where no index serves its filters together (<see cref="JobPage.Reached"/>).
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">The query names another organization.</exception>
    IAsyncEnumerable<JobSnapshot> ListAsync(JobQuery query, CancellationToken cancellation = default);

    /// <summary>
    /// As <see cref="ListAsync"/>, in the largest pages: for those who want all of very many jobs. With <see cref="JobQuery.After"/> it
    /// goes on where an earlier one stopped.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">The query names another organization.</exception>
    IAsyncEnumerable<JobSnapshot> ExportAsync(JobQuery query, CancellationToken cancellation = default);

    /// <summary>How many jobs the organization has, exactly, by status and type.</summary>
    Task<JobCounts> CountAsync(CancellationToken cancellation = default);

    /// <summary>Changes a job: all of it or nothing. Gives the job after the change.</summary>
    /// <exception cref="JobNotFoundException" />
    /// <exception cref="JobRefusedException">The transition is not allowed, the version is another one, or a value is out of
    /// range.</exception>
    Task<JobSnapshot> UpdateAsync(JobId jobId, UpdateJob command, CancellationToken cancellation = default);

    /// <summary>
    /// As <see cref="UpdateAsync"/>, but a refusal and a missing job are values: for callers to whom losing a race is nothing exceptional.
    /// </summary>
    Task<JobOutcome> TryUpdateAsync(JobId jobId, UpdateJob command, CancellationToken cancellation = default);

    /// <summary>
    /// Shows that a worker is alive, and how far it has come where <paramref name="heartbeat"/> says so. Gives the job: its status tells
    /// whether to go on. <see cref="RunAsync"/> does this by itself. The service shows the newest at once, and stores about one a second.
    /// </summary>
    /// <exception cref="JobNotFoundException" />
    /// <exception cref="JobRefusedException">The job has ended, or a value is out of range.</exception>
    Task<JobSnapshot> HeartbeatAsync(JobId jobId, Heartbeat? heartbeat = null, CancellationToken cancellation = default);

    /// <summary>Cancels a job, whoever works on it; a job that is cancelled already is no error. Gives the cancelled job.</summary>
    /// <exception cref="JobNotFoundException" />
    /// <exception cref="JobRefusedException">The job has ended otherwise.</exception>
    Task<JobSnapshot> CancelAsync(JobId jobId, CancelJob? command = null, CancellationToken cancellation = default);

    /// <summary>As <see cref="CancelAsync"/>, but a refusal and a missing job are values.</summary>
    Task<JobOutcome> TryCancelAsync(JobId jobId, CancelJob? command = null, CancellationToken cancellation = default);

    /// <summary>Removes a job, whatever its status. Afterwards there is no such job.</summary>
    /// <returns>The job as it was; null where there was none, or where this call removed it and the answer that said so was lost.</returns>
    /// <exception cref="JobRefusedException">The job is not at the expected version.</exception>
    Task<JobSnapshot?> DeleteAsync(JobId jobId, DeleteJob? command = null, CancellationToken cancellation = default);

    /// <summary>Sends an ended job's callback again, by a new round of attempts. Gives the job that owes it.</summary>
    /// <exception cref="JobNotFoundException" />
    /// <exception cref="JobRefusedException">The job has not ended, or its callback does not tell this end.</exception>
    Task<JobSnapshot> RedeliverCallbackAsync(JobId jobId, RedeliverCallback? command = null, CancellationToken cancellation = default);

    /// <summary>
    /// Makes a new job that does an ended one's work again: same description, <see cref="JobSnapshot.RetryOf"/> names the old one. A second
    /// call gives the same new job.
    /// </summary>
    /// <exception cref="JobNotFoundException" />
    /// <exception cref="JobRefusedException">The job has not ended, or it has completed.</exception>
    Task<JobHandle> RetryAsync(JobId jobId, CancellationToken cancellation = default);

    /// <summary>The last ten attempts of a job's callback, oldest first; null where there is no such job.</summary>
    Task<JobCallbackAttempts?> GetCallbackAttemptsAsync(JobId jobId, CancellationToken cancellation = default);

    /// <summary>The secret that the organization's callbacks are signed with; made at the first call.</summary>
    Task<CallbackSecretInfo> GetCallbackSecretAsync(CancellationToken cancellation = default);

    /// <summary>
    /// Replaces the secret; the one before signs too for 24 hours. Sent once, since
    /// a repetition would retire that one at once: after a failure, read the secret.
    /// </summary>
    /// <exception cref="InvalidOperationException">The server's configuration sets the secret.</exception>
    Task<CallbackSecretInfo> RotateCallbackSecretAsync(CancellationToken cancellation = default);

    /// <summary>Waits until the job ends, across failures of the service.</summary>
    /// <param name="longestWait">Zero asks once; <see cref="Timeout.InfiniteTimeSpan"/> waits for as long as it takes. At most 49 days
    /// else.</param>
    Task<JobWait> WaitForCompletionAsync(JobId jobId, TimeSpan longestWait, CancellationToken cancellation = default);

    /// <summary>
    /// The job's snapshots after <paramref name="afterVersion"/> as they are made, across failures of the service. Ends after the first
    /// terminal one, or when the job is deleted. Versions rise; a watcher that falls more than 16 behind, or that begins late, finds a gap,
    /// never a missing end.
    /// </summary>
    /// <exception cref="JobNotFoundException"><paramref name="afterVersion"/> is 0 and there is no such job.</exception>
    IAsyncEnumerable<JobSnapshot> WatchAsync(JobId jobId, long afterVersion = 0, CancellationToken cancellation = default);

    /// <summary>
    /// Does a job's work: marks it running, runs <paramref name="work"/>, and reports how it ended: completed when it returns, failed with
    /// the error when it throws (the exception then goes on to the caller). The token of the work is cancelled when anyone cancels, ends or
    /// deletes the job, and when
    /// <paramref name="cancellation"/> is, in which case the job fails with code <c>worker_stopped</c>. While the work lasts, heartbeats go
    /// out by themselves.
    /// </summary>
    /// <remarks>Of several callers that race for one job, exactly one runs it.</remarks>
    /// <exception cref="JobNotFoundException" />
    /// <exception cref="JobNotRunnableException">The job has ended, or it is running already and <see cref="RunOptions.TakeOver"/> was not
    /// asked for.</exception>
    Task<RunResult> RunAsync(
        JobId jobId, Func<JobRun, CancellationToken, Task> work, RunOptions? options = null, CancellationToken cancellation = default);
}
