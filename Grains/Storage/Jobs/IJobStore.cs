using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Storage.Groups;
using JobTracker.Grains.Storage.Sql;
using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Jobs;

/// <summary>
/// The port to a database that keeps jobs. Two adapters, one conformance suite; failures are <see cref="StoreException"/>s.
/// </summary>
internal interface IJobStore
{
    /// <summary>How many writers may work side by side.</summary>
    int Writers { get; }

    /// <summary>A writer of its own connection; it connects at its first write.</summary>
    IJobWriter OpenWriter();

    /// <summary>The jobs that exist among <paramref name="ids"/>, in any order.</summary>
    Task<IReadOnlyList<Job>> ReadAsync(IReadOnlyList<JobId> ids, CancellationToken cancellation);

    /// <summary>Whose an idempotency key of the organization is; null: nobody's.</summary>
    Task<JobWriteResult.KeyTaken?> FindKeyAsync(string organizationId, string key, CancellationToken cancellation);

    /// <summary>
    /// One page within the limits, but for a single job that is larger. <see cref="JobQuery.OrganizationId"/> is set.
    /// </summary>
    Task<JobPage> ListAsync(JobQuery query, PageLimits limits, CancellationToken cancellation);

    Task<JobCounts> CountAsync(string organizationId, CancellationToken cancellation);

    /// <summary>
    /// How many jobs of the organization ended in each minute since <paramref name="since"/>, the oldest minute first; minutes without any
    /// are missing. The cost does not grow with the number of jobs.
    /// </summary>
    Task<IReadOnlyList<JobEnds>> CountEndsAsync(string organizationId, DateTimeOffset since, CancellationToken cancellation);

    /// <summary>Forgets what ended before a moment, of all organizations, <paramref name="limit"/> rows at most; how many went.</summary>
    Task<int> RemoveEndsAsync(DateTimeOffset before, int limit, CancellationToken cancellation);

    /// <summary>
    /// How the receivers of the organization's callbacks did since the hour of <paramref name="since"/>, those that failed most first.
    /// </summary>
    Task<IReadOnlyList<ReceiverFigures>> ReadReceiversAsync(
        string organizationId, DateTimeOffset since, int limit, CancellationToken cancellation);

    /// <summary>Forgets hours before a moment, of all organizations, <paramref name="limit"/> rows at most; how many went.</summary>
    Task<int> RemoveReceiversAsync(DateTimeOffset before, int limit, CancellationToken cancellation);

    /// <summary>
    /// The jobs of all organizations that were due at <paramref name="now"/> or before, in the order of <see cref="DueJob"/>.
    /// </summary>
    /// <param name="after">The last one of the page before; <see cref="DueJob.None"/> for the first page.</param>
    Task<IReadOnlyList<DueJob>> ReadDueAsync(DateTimeOffset now, DueJob after, int limit, CancellationToken cancellation);

    /// <summary>
    /// How all jobs stand, at the cost of the counts' rows and of <paramref name="dueLimit"/> due jobs, however many there are.
    /// </summary>
    /// <param name="dueLimit">Callbacks are counted among the so many jobs that are due first; behind them, none.</param>
    Task<JobFigures> ReadFiguresAsync(int dueLimit, CancellationToken cancellation);

    /// <summary>
    /// The jobs of all organizations and statuses between two ids, both excluded,
    /// in id order: no more of each than tells how long it has been over.
    /// </summary>
    Task<IReadOnlyList<WalkedJob>> WalkAsync(JobId after, JobId before, int limit, CancellationToken cancellation);

    /// <summary>How the children of groups stand; those without any are missing. The cost does not grow with the children.</summary>
    Task<IReadOnlyDictionary<JobId, ChildCounts>> CountChildrenAsync(IReadOnlyList<JobId> groups, CancellationToken cancellation);

    /// <summary>Groups of all organizations that have to look at their counts, in the order of group and slot.</summary>
    /// <param name="after">The last one of the page before; the default for the first page.</param>
    Task<IReadOnlyList<GroupNotice>> ReadNoticesAsync(GroupNotice after, int limit, CancellationToken cancellation);

    /// <summary>The group has looked: its notice goes, unless there is more to look at since it was read.</summary>
    Task RemoveNoticeAsync(GroupNotice notice, CancellationToken cancellation);

    /// <summary>Forgets the counts of a group that is gone, of which its children left some behind.</summary>
    Task ForgetChildrenAsync(JobId group, CancellationToken cancellation);
}

/// <summary>Stores batches in one transaction each. After a failure it may be used again and connects anew.</summary>
internal interface IJobWriter : IAsyncDisposable
{
    /// <summary>Stores every row whose guard holds, and says for each what became of it, in order. No id stands twice in a batch.</summary>
    Task<IReadOnlyList<JobWriteResult>> WriteAsync(IReadOnlyList<JobWrite> batch, CancellationToken cancellation);

    /// <summary>Whether a statement whose answer was lost may still be carried out.</summary>
    bool IsOpen { get; }

    /// <summary>Done when it is over: it has been carried out, or never will be.</summary>
    Task EndAsync(CancellationToken cancellation);
}

/// <summary>A job, and when it ended; null: it has not.</summary>
internal readonly record struct WalkedJob(JobId Id, JobStatus Status, DateTimeOffset? CompletedAt);
