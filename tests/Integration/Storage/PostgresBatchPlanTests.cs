using JobTracker.Grains.Storage.PostgreSql;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>
/// What is asked chunk by chunk finds each item by its key, whatever the server
/// knows of the table: a large batch must not go over all its items for every line.
/// </summary>
public sealed class PostgresBatchPlanTests
{
    [Theory]
    [InlineData("compare_items", "text[], bytea[], uuid, integer")]
    [InlineData("mark_jobs", "text[], text[], uuid")]
    [InlineData("read_submission", "integer, uuid, bigint, bigint, bigint")]
    [InlineData("settle_items", "timestamptz, text[], text[], text[], integer[], text[], bytea[], uuid, integer")]
    public async Task Items_are_found_by_their_keys_before_the_table_was_counted(string query, string types)
    {
        await using var empty = await PostgresJobDatabase.CreateAsync();
        await using var connection = await empty.ConnectAsync();
        await JobDatabase.QueryAsync(connection, "set plan_cache_mode = force_generic_plan");
        await JobDatabase.QueryAsync(connection, $"prepare chunk ({types}) as {PostgresPlans.Numbered(PostgresBatchStore.Sql[query])}");

        var plan = await PostgresPlans.PlanAsync(
            connection, $"explain execute chunk ({string.Join(", ", types.Split(", ").Select(_ => "null"))})");

        Assert.Matches(@"Index Cond: \(\(batch_id = [^)]+\)( AND \(status = 'pending'::text\))? AND \(custom_id = ", plan);
        Assert.DoesNotContain("Join Filter", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ended_batches", "text, timestamptz, timestamptz, bigint", "batches_by_end")]
    [InlineData("read_quarantine", "uuid, integer, integer, bigint, bigint", "batch_quarantine_pkey")]
    public async Task What_is_asked_in_pages_walks_its_index_in_order(string query, string types, string index)
    {
        await using var empty = await PostgresJobDatabase.CreateAsync();
        await using var connection = await empty.ConnectAsync();
        await JobDatabase.QueryAsync(
            connection, "set plan_cache_mode = force_generic_plan; set enable_seqscan = off; set enable_bitmapscan = off");
        await JobDatabase.QueryAsync(connection, $"prepare page ({types}) as {PostgresPlans.Numbered(PostgresBatchStore.Sql[query])}");

        var plan = await PostgresPlans.PlanAsync(
            connection, $"explain execute page ({string.Join(", ", types.Split(", ").Select(_ => "null"))})");

        Assert.Contains($"using {index}", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Sort", plan, StringComparison.Ordinal);
    }
}
