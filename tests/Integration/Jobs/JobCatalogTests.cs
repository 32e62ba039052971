using JobTracker.Jobs;
using JobTracker.Tests.Integration.Support;

namespace JobTracker.Tests.Integration.Jobs;

/// <summary>Lists and counts as callers get them.</summary>
public abstract class JobCatalogTests(JobClusterFixture fixture) : JobClusterTests(fixture)
{
    [Fact]
    public async Task What_was_acknowledged_is_in_the_next_list_and_count()
    {
        for (var i = 1; i <= 20; i++)
        {
            var grain = await CreatedAsync();
            AssertSame((await grain.GetAsync(Alice))!, (await Cluster.Catalog.ListAsync(Alice, new JobQuery { Limit = 1 })).Jobs[0]);
            var ended = Accepted(await grain.CancelAsync(Alice, new CancelJob()));
            AssertSame(
                ended, (await Cluster.Catalog.ListAsync(Alice, new JobQuery { Limit = 1, Statuses = [JobStatus.Cancelled] })).Jobs[0]);
            Assert.Equal([new JobCount(JobStatus.Cancelled, "job", i)], (await Cluster.Catalog.CountAsync(Alice, null)).ByStatusAndType);
        }
    }

    [Fact]
    public async Task Counts_are_exact_after_any_commands()
    {
        await Task.WhenAll(Enumerable.Range(0, 120).Select(LiveAsync));
        var listed = (await Cluster.Catalog.ListAsync(Alice, new JobQuery { Limit = 1000 })).Jobs;
        var counted = (await Cluster.Catalog.CountAsync(Alice, null)).ByStatusAndType;
        Assert.Equal(
            listed.GroupBy(job => (job.Status, job.JobType)).Select(group => $"{group.Key}: {group.Count()}").Order(StringComparer.Ordinal),
            counted.Select(entry => $"{(entry.Status, entry.JobType)}: {entry.Count}").Order(StringComparer.Ordinal));
        Assert.Equal(100, listed.Length);
    }

    [Fact]
    public async Task Nobody_lists_or_counts_another_organizations_jobs_but_an_admin()
    {
        var id = (await (await CreatedAsync()).GetAsync(Alice))!.Id;
        Assert.Empty((await Cluster.Catalog.ListAsync(Mallory, new JobQuery())).Jobs);
        Assert.Empty((await Cluster.Catalog.ListAsync(Mallory, new JobQuery { ParentId = id, Before = id })).Jobs);
        Assert.Empty((await Cluster.Catalog.CountAsync(Mallory, null)).ByStatusAndType);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(
            () => Cluster.Catalog.ListAsync(Mallory, new JobQuery { OrganizationId = Alice.OrganizationId }));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Cluster.Catalog.CountAsync(Mallory, Alice.OrganizationId));

        var admin = Mallory with { IsAdmin = true };
        Assert.Equal(
            id, Assert.Single((await Cluster.Catalog.ListAsync(admin, new JobQuery { OrganizationId = Alice.OrganizationId })).Jobs).Id);
        Assert.Equal(1, Assert.Single((await Cluster.Catalog.CountAsync(admin, Alice.OrganizationId)).ByStatusAndType).Count);
        Assert.Empty((await Cluster.Catalog.ListAsync(admin, new JobQuery())).Jobs);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1001)]
    public async Task A_page_of_no_or_too_many_jobs_is_refused(int limit) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Cluster.Catalog.ListAsync(Alice, new JobQuery { Limit = limit }));

    /// <summary>One job's life, by its number: some stay where they are, some end, every sixth is deleted.</summary>
    private async Task LiveAsync(int number)
    {
        var grain = New();
        await grain.CreateAsync(Alice, new CreateJob { JobType = number % 2 == 0 ? "run" : "job", Status = (JobStatus)(number % 3) });
        if (number % 4 == 1)
            await grain.CancelAsync(Alice, new CancelJob());
        if (number % 5 == 1)
            await grain.UpdateAsync(Alice, new UpdateJob { Status = JobStatus.Running });
        if (number % 7 == 1)
            await grain.UpdateAsync(Alice, new UpdateJob { Status = JobStatus.Failed });
        if (number % 6 == 1)
            await grain.DeleteAsync(Alice, new DeleteJob());
    }
}

public sealed class SqliteJobCatalogTests(SqliteCluster cluster) : JobCatalogTests(cluster), IClassFixture<SqliteCluster>;

public sealed class PostgresJobCatalogTests(PostgresCluster cluster) : JobCatalogTests(cluster), IClassFixture<PostgresCluster>;
