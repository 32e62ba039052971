using System.Globalization;
using System.Text.RegularExpressions;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Jobs.Listing;
using JobTracker.Grains.Storage.PostgreSql;
using JobTracker.Jobs;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>Nothing that the service asks of PostgreSQL grows with the table.</summary>
public sealed partial class PostgresQueryPlanTests(PostgresJobFixture fixture) : IClassFixture<PostgresJobFixture>, IAsyncLifetime
{
    private const int Limit = 20;

    public async ValueTask InitializeAsync()
    {
        if ((await fixture.Database.QueryAsync("select 1 from jobs limit 1")).Count > 0)
            return;
        await fixture.Database.QueryAsync(PostgresPlans.Fill);
        await fixture.Database.QueryAsync("vacuum analyze jobs");
        await fixture.Database.QueryAsync("vacuum analyze job_tags");
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task Every_named_query_is_understood()
    {
        await using var connection = await fixture.Database.ConnectAsync();
        foreach (var (name, text) in QueryPlanTests.Queries(PostgresJobStore.Sql))
        {
            if (name == "save_jobs")
                Assert.NotEmpty(await PostgresPlans.SaveAsync(connection, "auto", rows: 1));
            else
                await JobDatabase.QueryAsync(connection, $"prepare understood as {PostgresPlans.Numbered(text)}; deallocate understood");
        }
    }

    /// <summary>The driver prepares a list that is asked for again, and then the server may choose one plan for all values.</summary>
    [Theory]
    [InlineData("force_custom_plan")]
    [InlineData("force_generic_plan")]
    public async Task Every_list_reads_no_more_rows_than_its_page(string mode)
    {
        await using var connection = await fixture.Database.ConnectAsync();
        await JobDatabase.QueryAsync(connection, $"set plan_cache_mode = {mode}");
        foreach (var (name, _, filter) in QueryPlanTests.Filters)
        {
            foreach (var organization in (string[])["org0", "org2", "nobody"])
            {
                foreach (var range in QueryPlanTests.Ranges)
                {
                    var query = range(filter(new JobQuery { OrganizationId = organization, Limit = Limit }));
                    var plan = await PostgresPlans.RunAsync(connection, query);
                    Assert.True(
                        IsBounded(plan, (Limit + 1) * JobFilters.StatusesOf(query).Count()), $"{mode}, {name}, {organization}:\n{plan}");
                }
            }
        }
    }

    /// <summary>A prepared list keeps the plan that it got then.</summary>
    [Fact]
    public async Task A_list_is_planned_along_an_index_before_there_are_jobs_too()
    {
        await using var empty = await PostgresJobDatabase.CreateAsync();
        await using var connection = await empty.ConnectAsync();
        foreach (var (name, _, filter) in QueryPlanTests.Filters)
        {
            var plan = await PostgresPlans.RunAsync(connection, filter(new JobQuery { OrganizationId = "org0" }));
            Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
            Assert.False(plan.Contains("Sort Key", StringComparison.Ordinal)
                && !plan.Contains("Merge Append", StringComparison.Ordinal), $"{name}:\n{plan}");
        }
    }

    [Theory]
    [InlineData("force_custom_plan", 1)]
    [InlineData("force_custom_plan", 100)]
    [InlineData("force_generic_plan", 1)]
    public async Task A_group_commit_finds_every_row_by_its_key(string mode, int rows)
    {
        await using var connection = await fixture.Database.ConnectAsync();

        AssertByKey(await PostgresPlans.SaveAsync(connection, mode, rows));
    }

    [Theory]
    [InlineData("force_custom_plan")]
    [InlineData("force_generic_plan")]
    public async Task A_group_commit_on_an_empty_table_does_too(string mode)
    {
        await using var empty = await PostgresJobDatabase.CreateAsync();
        await using var connection = await empty.ConnectAsync();

        AssertByKey(await PostgresPlans.SaveAsync(connection, mode, rows: 1));
    }

    [Theory]
    [InlineData("force_custom_plan", 100)]
    [InlineData("force_generic_plan", 1)]
    public async Task A_group_commit_on_a_table_that_was_never_counted_does_too(string mode, int rows)
    {
        await using var database = await PostgresJobDatabase.CreateAsync();
        await using var connection = await database.ConnectAsync();
        await JobDatabase.QueryAsync(connection, PostgresPlans.Fill);

        AssertByKey(await PostgresPlans.SaveAsync(connection, mode, rows));
    }

    /// <summary>The first plan, of a table that was counted while it was empty, reads all of it, and is the server's to keep.</summary>
    [Fact]
    public async Task A_writer_that_began_with_an_empty_table_finds_rows_by_their_key_once_there_are_many()
    {
        const int Writes = 60;
        await using var database = await PostgresJobDatabase.CreateAsync();
        await database.QueryAsync("alter table jobs set (autovacuum_enabled = false)");
        await database.QueryAsync("vacuum analyze jobs");
        await using (var writer = database.Store.OpenWriter())
        {
            var job = JobRows.New(JobRows.NewOrganization());
            await writer.WriteAsync([job.Insert()], CancellationToken.None);
            await database.QueryAsync(PostgresPlans.Fill);
            for (var i = 0; i < Writes; i++)
            {
                var change = job.Replace(job.Enter(job.Snapshot.Status is JobStatus.Running ? JobStatus.Pending : JobStatus.Running));
                Assert.Equal([JobWriteResult.Stored.Instance], await writer.WriteAsync([change], CancellationToken.None));
                job = change.Next!;
            }
        }

        // A session tells what it did when it ends.
        database.Pool.Clear();
        List<object[]> scans = [];
        await Until.TrueAsync(async () =>
        {
            scans = await database.QueryAsync("select coalesce(idx_scan, 0), seq_scan from pg_stat_user_tables where relname = 'jobs'");
            return (long)scans[0][0] >= Writes / 2;
        });
        Assert.InRange((long)scans[0][1], 0, 8);
    }

    [Fact]
    public async Task Rows_and_counts_are_found_by_their_keys()
    {
        await using var connection = await fixture.Database.ConnectAsync();
        var id = Guid.Empty;
        Assert.Contains("using jobs_pkey", await PostgresPlans.PlanAsync(connection, $"explain {PostgresJobStore.Sql["read_jobs"].Replace("@id", $"array['{id}'::uuid]", StringComparison.Ordinal)}"), StringComparison.Ordinal);
        Assert.Contains("using jobs_pkey", await PostgresPlans.PlanAsync(connection, $"explain {PostgresJobStore.Sql["find_writes"].Replace("@ids", $"array['{id}'::uuid]", StringComparison.Ordinal)}"), StringComparison.Ordinal);
        await JobDatabase.QueryAsync(connection, "set enable_seqscan = off");
        Assert.Contains("job_counts_pkey", await PostgresPlans.PlanAsync(connection, $"explain {PostgresJobStore.Sql["count_jobs"].Replace("@organization_id", "'org0'", StringComparison.Ordinal)}"), StringComparison.Ordinal);
    }

    /// <summary>Also where very many are due at one moment, as after an outage.</summary>
    [Theory]
    [InlineData("force_custom_plan")]
    [InlineData("force_generic_plan")]
    public async Task What_is_due_and_what_is_walked_is_read_a_page_at_a_time(string mode)
    {
        // Of its own: dead rows of the update would shift the plans of the others.
        await using var database = await PostgresJobDatabase.CreateAsync();
        await using var connection = await database.ConnectAsync();
        await JobDatabase.QueryAsync(connection, PostgresPlans.Fill);
        await JobDatabase.QueryAsync(
            connection,
            $"update jobs set due_at = '2026-01-01' where user_id in ('user1', 'user2'); analyze jobs; set plan_cache_mode = {mode}");
        await JobDatabase.QueryAsync(
            connection,
            $"prepare due (timestamptz, timestamptz, uuid, bigint) as {PostgresPlans.Numbered(PostgresJobStore.Sql["read_due_jobs"])}");
        await JobDatabase.QueryAsync(
            connection, $"prepare walk (uuid, uuid, bigint) as {PostgresPlans.Numbered(PostgresJobStore.Sql["walk_jobs"])}");
        const string Middle = "80000000-0000-7000-8000-000000000000";

        foreach (var execute in (string[])[$"due('2026-02-01', '-infinity', '{Guid.Empty}', {Limit})",
            $"due('2026-02-01', '2026-01-01', '{Middle}', {Limit})", $"walk('{Middle}', '{Guid.AllBitsSet}', {Limit})"])
        {
            var plan = await PostgresPlans.PlanAsync(connection, $"explain (analyze, timing off, summary off) execute {execute}");
            Assert.True(IsBounded(plan, Limit) && !plan.Contains("Sort", StringComparison.Ordinal), $"{execute}:\n{plan}");
        }
    }

    /// <summary>No step reads, sorts or throws away more rows than the pages of the statuses have.</summary>
    private static bool IsBounded(string plan, int rows) =>
        !plan.Contains("Seq Scan", StringComparison.Ordinal)
        && !plan.Contains("Rows Removed by Filter", StringComparison.Ordinal)
        && RowsRead().Matches(plan).All(match => int.Parse(match.Groups["rows"].Value, CultureInfo.InvariantCulture) <= rows);

    private static void AssertByKey(string plan)
    {
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Hash Join", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Merge Join", plan, StringComparison.Ordinal);
        var scans = ScanOfJobs().Matches(plan).Select(match => match.Groups["scan"].Value).ToList();
        Assert.Equal(Enumerable.Repeat("Index Scan using jobs_pkey", 3), scans);
    }

    [GeneratedRegex(@"actual rows=(?<rows>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RowsRead();

    [GeneratedRegex(@"->  (?<scan>[A-Za-z ]*Scan[a-z_ ]*) on jobs\b(?!_)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ScanOfJobs();
}
