using System.Data.Common;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Storage.Groups;
using JobTracker.Grains.Storage.Sql;
using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Jobs;

/// <summary>
/// The store over either engine: the same queries. How a connection is had, rows are written and walks merged is the engine's.
/// </summary>
internal abstract class SqlJobStore : IJobStore
{
    public abstract int Writers { get; }

    public abstract IJobWriter OpenWriter();

    public async Task<IReadOnlyList<Job>> ReadAsync(IReadOnlyList<JobId> ids, CancellationToken cancellation) => await ReadAsync(
        session => session.EachAsync(
            "read_jobs", JobColumns.Read, shared: [], [("id", ids.Select(id => id.Value).ToArray())], cancellation), cancellation);

    public async Task<JobWriteResult.KeyTaken?> FindKeyAsync(string organizationId, string key, CancellationToken cancellation) =>
        (await QueryAsync(
            "find_idempotency_key", row => new JobWriteResult.KeyTaken(new JobId(row.Id(0)), row.Text(1)), cancellation,
            ("organization_id", organizationId), ("idempotency_key", key))).SingleOrDefault();

    public abstract Task<JobPage> ListAsync(JobQuery query, PageLimits limits, CancellationToken cancellation);

    public async Task<JobCounts> CountAsync(string organizationId, CancellationToken cancellation) => new([.. await QueryAsync(
        "count_jobs", row => new JobCount(JobStatus.FromWord(row.Text(0))!.Value, row.Text(1), row.Number(2)), cancellation,
        ("organization_id", organizationId))]);

    public async Task<IReadOnlyList<JobEnds>> CountEndsAsync(
        string organizationId, DateTimeOffset since, CancellationToken cancellation) => await QueryAsync(
        "count_ends", row => new JobEnds(row.Time(0), JobStatus.FromWord(row.Text(1))!.Value, row.Number(2)), cancellation,
        ("organization_id", organizationId), ("since", since));

    public Task<int> RemoveEndsAsync(DateTimeOffset before, int limit, CancellationToken cancellation) => ReadAsync(
        session => session.ExecuteAsync("remove_ends", cancellation, ("before", before), ("limit", (long)limit)), cancellation);

    public async Task<IReadOnlyList<ReceiverFigures>> ReadReceiversAsync(
        string organizationId, DateTimeOffset since, int limit, CancellationToken cancellation) => await QueryAsync(
        "read_receivers",
        row => new ReceiverFigures(
            row.Text(0), row.Number(1), row.Number(2), row.TimeOrNull(3), row.TimeOrNull(4), row.TextOrNull(5)),
        cancellation, ("organization_id", organizationId), ("since", since.AddTicks(-(since.Ticks % TimeSpan.TicksPerHour))),
        ("limit", (long)limit));

    public Task<int> RemoveReceiversAsync(DateTimeOffset before, int limit, CancellationToken cancellation) => ReadAsync(
        session => session.ExecuteAsync("remove_receivers", cancellation, ("before", before), ("limit", (long)limit)), cancellation);

    public async Task<IReadOnlyList<DueJob>> ReadDueAsync(DateTimeOffset now, DueJob after, int limit, CancellationToken cancellation) =>
        await QueryAsync(
            "read_due_jobs", row => new DueJob(row.Time(0), new JobId(row.Id(1))), cancellation,
            ("now", now), ("after_due_at", after.DueAt), ("after_id", after.Id.Value), ("limit", (long)limit));

    public async Task<JobFigures> ReadFiguresAsync(int dueLimit, CancellationToken cancellation)
    {
        var open = await QueryAsync(
            "read_open_jobs", row => new OpenJobs(JobStatus.FromWord(row.Text(0))!.Value, row.Number(1), row.TimeOrNull(2)), cancellation);
        var (count, oldest) = (await QueryAsync(
            "read_owed_callbacks", row => (row.Number(0), row.TimeOrNull(1)), cancellation, ("limit", (long)dueLimit))).Single();
        return new JobFigures(open, count, oldest);
    }

    public async Task<IReadOnlyList<WalkedJob>> WalkAsync(JobId after, JobId before, int limit, CancellationToken cancellation) =>
        await QueryAsync(
            "walk_jobs", row =>
                new WalkedJob(new JobId(row.Id(0)), JobStatus.FromWord(row.Text(1))!.Value, row.TimeOrNull(2)), cancellation,
            ("low", after.Value), ("high", before.Value), ("limit", (long)limit));

    public async Task<IReadOnlyDictionary<JobId, ChildCounts>> CountChildrenAsync(
        IReadOnlyList<JobId> groups, CancellationToken cancellation)
    {
        var counts = await ReadAsync(session => session.EachAsync(
            "count_children",
            row => (Group: new JobId(row.Id(0)), Status: JobStatus.FromWord(row.Text(1))!.Value, Count: row.Number(2)),
            shared: [], [("parent_id", groups.Select(id => id.Value).ToArray())], cancellation), cancellation);
        return counts.GroupBy(count => count.Group).ToDictionary(
            group => group.Key,
            group => group.Aggregate(ChildCounts.None, (children, count) => children.With(count.Status, count.Count)));
    }

    public async Task<IReadOnlyList<GroupNotice>> ReadNoticesAsync(GroupNotice after, int limit, CancellationToken cancellation) =>
        await QueryAsync(
            "read_group_notices", row => new GroupNotice(new JobId(row.Id(0)), row.Integer(1), row.Number(2)), cancellation,
            ("after_group", after.Group.Value), ("after_slot", after.Slot), ("limit", (long)limit));

    public Task RemoveNoticeAsync(GroupNotice notice, CancellationToken cancellation) => ReadAsync(
        session => session.ExecuteAsync(
            "remove_group_notice", cancellation,
            ("group_id", notice.Group.Value), ("slot", notice.Slot), ("number", notice.Number)), cancellation);

    public Task ForgetChildrenAsync(JobId group, CancellationToken cancellation) =>
        ReadAsync(session => session.ExecuteAsync("forget_children", cancellation, ("group_id", group.Value)), cancellation);

    /// <summary>Work on one connection, without a transaction.</summary>
    protected abstract Task<T> RunAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellation);

    /// <summary>The same; whatever the database says to a read, it may have another answer later.</summary>
    protected async Task<T> ReadAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            return await RunAsync(work, cancellation);
        }
        catch (Exception problem) when (problem is DbException or TimeoutException or IOException)
        {
            throw new StoreException(StoreFault.Unavailable, problem);
        }
    }

    private Task<List<T>> QueryAsync<T>(
        string query, Func<SqlRow, T> read, CancellationToken cancellation, params (string Name, object? Value)[] values) =>
        ReadAsync(session => session.QueryAsync(query, read, cancellation, values), cancellation);
}
