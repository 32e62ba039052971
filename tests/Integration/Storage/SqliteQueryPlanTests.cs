using System.Text.RegularExpressions;
using JobTracker.Grains.Storage.Sqlite;
using JobTracker.Jobs;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>Nothing that the service asks of SQLite grows with the table.</summary>
public sealed partial class SqliteQueryPlanTests(SqliteJobFixture fixture) : IClassFixture<SqliteJobFixture>
{
    [Fact]
    public async Task Every_named_query_is_understood()
    {
        foreach (var (name, text) in QueryPlanTests.Queries(SqliteJobStore.Sql))
        {
            if (name != "prepare_connection")
                Assert.NotEmpty(await fixture.Database.QueryAsync(
                    $"explain {Parameter().Replace(text.Replace("{index}", "jobs_by_status", StringComparison.Ordinal), "?")}"));
        }
    }

    [Fact]
    public async Task Every_list_walks_its_index_in_order()
    {
        foreach (var (name, index, filter) in QueryPlanTests.Filters)
        {
            foreach (var range in QueryPlanTests.Ranges)
            {
                var query = range(filter(new JobQuery { OrganizationId = "org" }));
                var plan = await PlanAsync(SqliteJobList.Text(query));
                Assert.True(plan.StartsWith($"SEARCH jobs USING INDEX {index} (organization_id=?", StringComparison.Ordinal)
                    && !plan.Contains('\n', StringComparison.Ordinal), $"{name}: {plan}");
            }
        }
    }

    [Theory]
    [InlineData("read_jobs")]
    [InlineData("find_write")]
    [InlineData("update_job")]
    [InlineData("remove_job")]
    public async Task A_row_is_found_by_its_key(string name) =>
        Assert.Equal("SEARCH jobs USING PRIMARY KEY (id=?)", await PlanAsync(SqliteJobStore.Sql[name]));

    [Fact]
    public async Task The_holder_of_a_key_and_the_counts_are_found_by_their_indexes()
    {
        Assert.StartsWith("SEARCH jobs USING INDEX jobs_by_idempotency_key (", await PlanAsync(SqliteJobStore.Sql["find_idempotency_key"]),
            StringComparison.Ordinal);
        Assert.StartsWith("SEARCH job_counts USING PRIMARY KEY (organization_id=?)", await PlanAsync(SqliteJobStore.Sql["count_jobs"]),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_due_is_a_walk_along_its_index_and_all_rows_one_along_the_key()
    {
        Assert.Equal("SEARCH jobs USING COVERING INDEX jobs_by_due_at (due_at>? AND due_at<?)",
            (await PlanAsync(SqliteJobStore.Sql["read_due_jobs"])).Replace("(due_at,id)>(?,?)", "due_at>?", StringComparison.Ordinal));
        Assert.Equal("SEARCH jobs USING PRIMARY KEY (id>? AND id<?)", await PlanAsync(SqliteJobStore.Sql["walk_jobs"]));
    }

    [Fact]
    public async Task Batches_that_ended_and_lines_that_were_set_aside_are_walks_along_their_indexes()
    {
        Assert.Equal(
            "SEARCH batches USING INDEX batches_by_end (status=? AND completed_at<?)", await PlanAsync(
                SqliteBatchStore.Sql["ended_batches"]));
        Assert.StartsWith(
            "SEARCH batch_quarantine USING PRIMARY KEY (batch_id=? AND ", await PlanAsync(SqliteBatchStore.Sql["read_quarantine"]),
            StringComparison.Ordinal);
    }

    /// <summary>The steps, one a line. SQLite plans without the values, so the parameters may stay empty.</summary>
    private async Task<string> PlanAsync(string text)
    {
        var steps = await fixture.Database.QueryAsync($"explain query plan {Parameter().Replace(text, "?")}");
        return string.Join('\n', steps.Select(step => step[3]));
    }

    [GeneratedRegex("@[a-z_]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
