using JobTracker.Grains.Batches.Rules;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Jobs;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Storage;

public abstract partial class JobStoreConformance
{
    /// <summary>A moment that no other test's rows are due at.</summary>
    private readonly DateTimeOffset _due = new DateTimeOffset(1970, 1, 1, 0, 0, 0, TimeSpan.Zero)
        .AddSeconds(Random.Shared.NextInt64(1L << 30));

    [Fact]
    public async Task What_is_due_comes_in_the_order_of_moment_and_id_page_by_page_and_nothing_that_is_not()
    {
        var ids = Enumerable.Range(0, 4).Select(_ => JobId.New(TimeProvider.System)).ToList();
        var second = _due.AddMicroseconds(1);
        foreach (var (id, at) in new[] { (ids[2], second), (ids[1], _due), (ids[0], _due), (ids[3], second.AddMicroseconds(1)) })
            await Database.InsertAsync(JobRows.New(_organization, id) with { DueAt = at });
        await Database.InsertAsync(JobRows.New(_organization));

        Assert.Equal([new DueJob(_due, ids[0]), new DueJob(_due, ids[1])], await DueAsync(second, Before, limit: 2));
        Assert.Equal([new DueJob(second, ids[2])], await DueAsync(second, new DueJob(_due, ids[1]), limit: 2));
        Assert.Empty(await DueAsync(second, new DueJob(second, ids[2]), limit: 2));
        Assert.Equal(new DueJob(second.AddMicroseconds(1), ids[3]), Assert.Single(
            await DueAsync(second.AddMicroseconds(1), new DueJob(second, ids[2]), limit: 2)));
    }

    [Fact]
    public async Task A_job_is_no_longer_due_once_its_plan_changed_or_it_is_gone()
    {
        var stays = await Database.InsertAsync(JobRows.New(_organization) with { DueAt = _due });
        var goes = await Database.InsertAsync(JobRows.New(_organization) with { DueAt = _due });
        await Database.WriteAsync(stays.Replace(stays.Enter(JobStatus.Pending) with { DueAt = null }));
        await Database.WriteAsync(goes.Remove());

        Assert.Empty(await DueAsync(_due, Before, limit: 10));
    }

    [Fact]
    public async Task A_first_page_begins_before_all_that_can_be_due()
    {
        var job = await Database.InsertAsync(JobRows.New(_organization) with { DueAt = DateTimeOffset.MinValue.AddDays(1) });
        Assert.Equal(job.Snapshot.Id, (await DueAsync(DateTimeOffset.MinValue.AddDays(2), DueJob.None, limit: 1))[0].Id);
    }

    [Fact]
    public async Task A_walk_goes_over_all_rows_in_id_order_between_its_bounds()
    {
        var moment = DateTimeOffset.UnixEpoch.AddSeconds(Random.Shared.NextInt64(1L << 30));
        var rows = new List<Job>();
        for (var i = 0; i < 5; i++)
            rows.Add(await Database.InsertAsync(JobRows.New(_organization, JobRows.IdAt(moment, (ushort)i))));
        var ended = rows[2].Enter(JobStatus.Cancelled);
        await Database.WriteAsync(rows[2].Replace(ended));

        var first = await Database.Store.WalkAsync(rows[0].Snapshot.Id, rows[4].Snapshot.Id, limit: 2, CancellationToken.None);
        var second = await Database.Store.WalkAsync(first[^1].Id, rows[4].Snapshot.Id, limit: 2, CancellationToken.None);

        Assert.Equal(
            [new WalkedJob(rows[1].Snapshot.Id, JobStatus.Created, null), new WalkedJob(
                rows[2].Snapshot.Id, JobStatus.Cancelled, ended.Snapshot.CompletedAt)],
            first);
        Assert.Equal(rows[3].Snapshot.Id, Assert.Single(second).Id);
    }

    private DueJob Before => new(_due.AddTicks(-1), default);

    private Task<IReadOnlyList<DueJob>> DueAsync(DateTimeOffset now, DueJob after, int limit) =>
        Database.Store.ReadDueAsync(now, after, limit, CancellationToken.None);
}
