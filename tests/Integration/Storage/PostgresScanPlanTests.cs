using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using JobTracker.Jobs;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>What no index of PostgreSQL has together is looked for along one, a bounded number of entries at a time.</summary>
public sealed partial class PostgresScanPlanTests(PostgresJobFixture fixture) : IClassFixture<PostgresJobFixture>, IAsyncLifetime
{
    private const int Scan = 200;

    /// <summary>Each of the walks that are merged is an entry ahead.</summary>
    private const int MostWalks = 7;

    private static readonly ImmutableArray<Func<JobQuery, JobQuery>> Pairs =
    [
        query => query with { UserId = "user1", JobType = "none" },
        query => query with { JobType = "type1", StopReason = "none" },
        query => query with { Background = false, CallbackHost = "nowhere.example" },
        query => query with { Callback = JobCallbackState.Owed },
        query => query with { Tags = ["even0"] },
        query => query with { Tags = ["even0", "none"] },
        query => query with { Tags = ["even0"], UserId = "user1", Statuses = [JobStatus.Running] },
        query => query with { AnyTags = ["even0", "even1", "third2"], JobType = "none" },
        query => query with { ParentId = new JobId(Guid.Empty), AnyTags = ["even0"] },
    ];

    public async ValueTask InitializeAsync()
    {
        await fixture.Database.QueryAsync(PostgresPlans.Fill);
        await fixture.Database.QueryAsync("vacuum analyze jobs");
        await fixture.Database.QueryAsync("vacuum analyze job_tags");
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task A_page_looks_at_no_more_entries_than_it_may()
    {
        await using var connection = await fixture.Database.ConnectAsync();
        foreach (var mode in (string[])["force_custom_plan", "force_generic_plan"])
        {
            await JobDatabase.QueryAsync(connection, $"set plan_cache_mode = {mode}");
            foreach (var pair in Pairs)
            {
                foreach (var ascending in (bool[])[false, true])
                {
                    var query = pair(new JobQuery { OrganizationId = "org0", Limit = 20, Ascending = ascending });
                    var plan = await PostgresPlans.RunAsync(connection, query, Scan);
                    Assert.False(plan.Contains("Seq Scan on job", StringComparison.Ordinal), $"{mode} {query}\n{plan}");
                    Assert.All(
                        RowsRead().Matches(plan),
                        match => Assert.True(int.Parse(match.Groups["rows"].Value, CultureInfo.InvariantCulture) <= Scan + MostWalks, plan));
                }
            }
        }
    }

    [GeneratedRegex(@"actual rows=(?<rows>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RowsRead();
}
