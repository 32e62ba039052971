using System.Text.RegularExpressions;
using JobTracker.Grains.Storage.PostgreSql;
using JobTracker.Grains.Storage.Sql;
using JobTracker.Grains.Storage.Sqlite;
using JobTracker.Tests.Integration.Storage;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Audit;

/// <summary>No list of events, and no removal, costs more the more events there are.</summary>
public sealed partial class AuditPlanTests
{
    [Theory]
    [InlineData("list_audit_events", "text, uuid, uuid, bigint", "audit_events_by_organization")]
    [InlineData("list_audit_events_of_action", "text, text, uuid, uuid, bigint", "audit_events_by_action")]
    [InlineData("list_unattributed_audit_events", "uuid, uuid, bigint", "audit_events_unattributed")]
    [InlineData("list_unattributed_audit_events_of_action", "text, uuid, uuid, bigint", "audit_events_unattributed_by_action")]
    public async Task PostgreSQL_walks_an_index_in_order(string query, string types, string index)
    {
        await using var empty = await PostgresJobDatabase.CreateAsync();
        await using var connection = await empty.ConnectAsync();
        await JobDatabase.QueryAsync(connection, "set plan_cache_mode = force_generic_plan");
        await JobDatabase.QueryAsync(
            connection, $"prepare page ({types}) as {PostgresPlans.Numbered(Text(PostgresAuditStore.Sql, query))}");

        var plan = await PostgresPlans.PlanAsync(
            connection, $"explain execute page ({string.Join(", ", types.Split(", ").Select(_ => "null"))})");

        Assert.Matches($"using {index} ", plan);
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Sort", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Filter", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostgreSQL_finds_what_it_removes_among_many_by_their_ids()
    {
        await using var many = await PostgresJobDatabase.CreateAsync();
        await using var connection = await many.ConnectAsync();
        await JobDatabase.QueryAsync(
            connection,
            "insert into audit_events (id, action, outcome, count) select gen_random_uuid(), 'a', 'begun', 1 from generate_series(1, 20000)");
        await JobDatabase.QueryAsync(connection, "analyze audit_events");
        await JobDatabase.QueryAsync(connection, "set plan_cache_mode = force_generic_plan");
        var text = PostgresPlans.Numbered(Text(PostgresAuditStore.Sql, "remove_audit_events"));
        await JobDatabase.QueryAsync(connection, $"prepare removal (uuid, bigint) as {text}");

        var plan = await PostgresPlans.PlanAsync(connection, "explain execute removal ('ffffffff-ffff-ffff-ffff-ffffffffffff', 100)");

        Assert.Matches("using audit_events_pkey ", plan);
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Sort", plan, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list_audit_events", "audit_events_by_organization (organization_id=? AND id>? AND id<?)")]
    [InlineData("list_audit_events_of_action", "audit_events_by_action (organization_id=? AND action=? AND id>? AND id<?)")]
    [InlineData("list_unattributed_audit_events", "audit_events_by_organization (organization_id=? AND id>? AND id<?)")]
    [InlineData("list_unattributed_audit_events_of_action", "audit_events_by_action (organization_id=? AND action=? AND id>? AND id<?)")]
    [InlineData("remove_audit_events", "PRIMARY KEY (id<?)")]
    public async Task SQLite_walks_an_index_in_order(string query, string walk)
    {
        await using var empty = await SqliteJobDatabase.CreateAsync();

        var steps = await empty.QueryAsync(
            $"explain query plan {Parameter().Replace(Text(SqliteAuditStore.Sql, query), "?")}");

        var plan = string.Join('\n', steps.Select(step => step[3]));
        Assert.Contains(walk, plan, StringComparison.Ordinal);
        Assert.DoesNotContain("SCAN", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
    }

    private static string Text(SqlFile sql, string query) => sql[query].Replace("{direction}", "desc", StringComparison.Ordinal);

    [GeneratedRegex("@[a-z_]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
