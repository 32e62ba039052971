using JobTracker.Grains.Batches.Rules;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Sql;
using JobTracker.Jobs;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>
/// What both databases promise about rows and their guards. What comes back is in JobStoreConformance.Rows, counts in .Counts.
/// </summary>
public abstract partial class JobStoreConformance(JobDatabaseFixture fixture)
{
    private readonly string _organization = JobRows.NewOrganization();

    private JobDatabase Database => fixture.Database;

    [Fact]
    public async Task A_change_from_an_old_version_is_stale_and_changes_nothing()
    {
        var first = await Database.InsertAsync(JobRows.New(_organization));
        var second = first.Enter(JobStatus.Pending);
        Assert.IsType<JobWriteResult.Stored>(await Database.WriteAsync(first.Replace(second)));

        var result = await Database.WriteAsync(first.Replace(first.Enter(JobStatus.Cancelled)));

        Assert.Equal(new JobWriteResult.Stale(2), result);
        Assert.Equal(second.Text(), (await Database.ReadAsync(first.Snapshot.Id)).Text());
    }

    [Fact]
    public async Task A_change_of_a_row_that_is_not_there_is_stale_and_makes_none()
    {
        var never = JobRows.New(_organization);

        var result = await Database.WriteAsync(never.Replace(never.Enter(JobStatus.Pending)));

        Assert.Equal(new JobWriteResult.Stale(null), result);
        Assert.Null(await Database.ReadAsync(never.Snapshot.Id));
    }

    [Fact]
    public async Task An_insert_over_a_row_is_stale_and_leaves_it_as_it_was()
    {
        var job = await Database.InsertAsync(JobRows.New(_organization));

        var result = await Database.WriteAsync(job.With(row => row with { JobType = "other" }).Insert());

        Assert.Equal(new JobWriteResult.Stale(1), result);
        Assert.Equal(job.Text(), (await Database.ReadAsync(job.Snapshot.Id)).Text());
        Assert.Equal(await Database.RecountAsync(_organization), await Database.CountsAsync(_organization));
    }

    [Fact]
    public async Task A_removal_from_an_old_version_is_stale_and_removes_nothing()
    {
        var first = await Database.InsertAsync(JobRows.New(_organization));
        await Database.WriteAsync(first.Replace(first.Enter(JobStatus.Pending)));

        Assert.Equal(new JobWriteResult.Stale(2), await Database.WriteAsync(first.Remove()));
        Assert.NotNull(await Database.ReadAsync(first.Snapshot.Id));
    }

    [Fact]
    public async Task A_removal_of_a_row_that_is_not_there_is_stale() =>
        Assert.Equal(new JobWriteResult.Stale(null), await Database.WriteAsync(JobRows.New(_organization).Remove()));

    [Fact]
    public async Task In_a_mixed_batch_each_row_has_its_own_outcome_in_order()
    {
        var jobs = new List<Grains.Jobs.Life.Job>();
        for (var i = 0; i < 6; i++)
            jobs.Add(await Database.InsertAsync(JobRows.New(_organization)));
        var moved = jobs[4].Enter(JobStatus.Pending);
        await Database.WriteAsync(jobs[4].Replace(moved));
        var fresh = JobRows.New(_organization);

        var results = await Database.WriteAllAsync(
            jobs[0].Replace(jobs[0].Enter(JobStatus.Pending)),
            jobs[4].Replace(jobs[4].Enter(JobStatus.Cancelled)),
            fresh.Insert(),
            jobs[1].Remove(),
            jobs[2].Insert(),
            JobRows.New(_organization).Remove(),
            jobs[3].Replace(jobs[3].Enter(JobStatus.Cancelled)));

        Assert.Equal(
            [
                JobWriteResult.Stored.Instance, new JobWriteResult.Stale(2), JobWriteResult.Stored.Instance, JobWriteResult.Stored.Instance,
                new JobWriteResult.Stale(1), new JobWriteResult.Stale(null), JobWriteResult.Stored.Instance,
            ],
            results);
        Assert.Equal(moved.Text(), (await Database.ReadAsync(moved.Snapshot.Id)).Text());
        Assert.Null(await Database.ReadAsync(jobs[1].Snapshot.Id));
        Assert.Equal(await Database.RecountAsync(_organization), await Database.CountsAsync(_organization));
    }

    [Fact]
    public async Task A_key_taken_by_an_earlier_batch_names_its_holder_and_stores_nothing()
    {
        var holder = await Database.InsertAsync(JobRows.New(_organization) with { IdempotencyKey = "key", Fingerprint = "first" });
        var second = JobRows.New(_organization) with { IdempotencyKey = "key", Fingerprint = "second" };

        Assert.Equal(new JobWriteResult.KeyTaken(holder.Snapshot.Id, "first"), await Database.WriteAsync(second.Insert()));
        Assert.Null(await Database.ReadAsync(second.Snapshot.Id));
        Assert.Equal(await Database.RecountAsync(_organization), await Database.CountsAsync(_organization));
    }

    [Fact]
    public async Task A_key_taken_within_one_batch_goes_to_one_and_the_others_hear_who()
    {
        var jobs = Enumerable.Range(0, 3)
            .Select(_ => JobRows.New(_organization) with { IdempotencyKey = "key", Fingerprint = "same" }).ToList();

        var results = await Database.WriteAllAsync([.. jobs.Select(job => job.Insert())]);

        var winner = Assert.Single(jobs, job => results[jobs.IndexOf(job)] is JobWriteResult.Stored);
        Assert.Equal(2, results.Count(result => result.Equals(new JobWriteResult.KeyTaken(winner.Snapshot.Id, "same"))));
        Assert.Equal(1, (await Database.CountsAsync(_organization))["created job"]);
    }

    [Fact]
    public async Task A_key_belongs_to_one_organization_and_is_free_again_once_its_job_is_gone()
    {
        var job = await Database.InsertAsync(JobRows.New(_organization) with { IdempotencyKey = "key", Fingerprint = "f" });

        await Database.InsertAsync(JobRows.New(JobRows.NewOrganization()) with { IdempotencyKey = "key", Fingerprint = "f" });
        await Database.WriteAsync(job.Remove());
        await Database.InsertAsync(JobRows.New(_organization) with { IdempotencyKey = "key", Fingerprint = "f" });
    }

    [Fact]
    public async Task A_row_that_breaks_a_rule_of_the_table_is_refused_and_its_whole_batch_is_not_stored()
    {
        var job = await Database.InsertAsync(JobRows.New(_organization));
        var neighbour = JobRows.New(_organization);

        var problem = await Assert.ThrowsAsync<StoreException>(
            () => Database.WriteAllAsync(neighbour.Insert(), job.Replace(job.Poisoned())));

        Assert.Equal(StoreFault.RowRefused, problem.Fault);
        Assert.Null(await Database.ReadAsync(neighbour.Snapshot.Id));
        Assert.Equal(job.Text(), (await Database.ReadAsync(job.Snapshot.Id)).Text());
        await Database.InsertAsync(neighbour);
        Assert.Equal(await Database.RecountAsync(_organization), await Database.CountsAsync(_organization));
    }
}
