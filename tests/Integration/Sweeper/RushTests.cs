using JobTracker.Callers;
using JobTracker.Jobs;
using JobTracker.Tests.Integration.Support;

namespace JobTracker.Tests.Integration.Sweeper;

/// <summary>Very many jobs that are due at once, as after an outage.</summary>
public sealed class RushTests
{
    private const int Jobs = 5_000;

    private static readonly Caller Alice = new("org-rush", "alice");

    [Fact]
    public async Task A_rush_is_worked_off_beside_new_work_and_leaves_the_memory_again_on_PostgreSQL() =>
        await WorkOffAsync(await JobCluster.OnPostgresAsync(silos: 1, silo => silo.Sweep()));

    [Fact]
    public async Task A_rush_is_worked_off_beside_new_work_and_leaves_the_memory_again_on_the_embedded_database() =>
        await WorkOffAsync(await JobCluster.OnSqliteAsync(silo => silo.Sweep()));

    [Fact]
    public async Task A_silo_that_takes_over_goes_on_where_the_sweeper_was()
    {
        await using var cluster = await JobCluster.OnPostgresAsync(silos: 2, silo => silo.Sweep());
        await cluster.Database.InsertAsync(Enumerable.Range(0, Jobs).Select(_ => DueRows.Overdue(Alice.OrganizationId)));
        await cluster.Orleans.StopSiloAsync(cluster.Orleans.Silos[^1]);
        await AllExpiredAsync(cluster);
    }

    private static async Task WorkOffAsync(JobCluster started)
    {
        await using var cluster = started;
        await cluster.Database.InsertAsync(Enumerable.Range(0, Jobs).Select(_ => DueRows.Overdue(Alice.OrganizationId)));
        var creates = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(
                _ => cluster.Job(JobId.New(TimeProvider.System)).CreateAsync(Alice with { OrganizationId = "org-new" }, new CreateJob())));
        Assert.All(creates, outcome => Assert.IsType<JobOutcome.Accepted>(outcome));
        await AllExpiredAsync(cluster);
        var statistics = await cluster.Client.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics();
        Assert.InRange(statistics.Where(grain => grain.GrainType.Contains("JobGrain", StringComparison.Ordinal))
            .Sum(grain => grain.ActivationCount), 0, 200 + 512);
    }

    private static async Task AllExpiredAsync(JobCluster cluster)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(100), TimeProvider.System);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        while (!(await cluster.Database.CountsAsync(Alice.OrganizationId)).TryGetValue("expired job", out var expired) || expired < Jobs)
            await look.WaitForNextTickAsync(patience.Token);
        Assert.Equal(new Dictionary<string, long> { ["expired job"] = Jobs }, await cluster.Database.CountsAsync(Alice.OrganizationId));
        Assert.Equal(await cluster.Database.RecountAsync(Alice.OrganizationId), await cluster.Database.CountsAsync(Alice.OrganizationId));
    }
}
