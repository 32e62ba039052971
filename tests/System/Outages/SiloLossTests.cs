using JobTracker.Tests.Support;

namespace JobTracker.Tests.Processes.Outages;

/// <summary>Silos that die together, and one that loses its database alone.</summary>
[Collection("processes")]
public sealed class SiloLossTests
{
    private const int Jobs = 60;
    private static readonly TimeSpan Failover = TimeSpan.FromSeconds(10);

    /// <summary>Of Silo/Clustering/Members/StorageLoss.cs; docs/troubleshooting.md has it.</summary>
    private const int StorageLost = 75;

    [Fact]
    public async Task Two_of_three_die_at_once_and_then_the_last_and_the_jobs_answer_within_10_s()
    {
        var connection = await DatabaseAsync();
        var silos = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => SiloProcess.StartOnPostgresAsync(connection)));
        try
        {
            var jobs = await CreateAsync(silos[0].Api);

            await Task.WhenAll(silos[0].KillAsync(), silos[1].KillAsync());
            await Measured.WithinAsync("Two of three killed", Failover, () => AllAnswerAsync(silos[2], jobs));
            Assert.Contains("died; ", silos[2].Story(), StringComparison.Ordinal);

            await silos[2].KillAsync();
            await using var next = SiloProcess.LaunchOnPostgres(connection);
            await Measured.WithinAsync("All killed, one started on new ports", Failover, async () =>
            {
                await next.UntilReadyAsync();
                await AllAnswerAsync(next, jobs);
            });
        }
        finally
        {
            foreach (var silo in silos)
                await silo.DisposeAsync();
        }
    }

    [Fact]
    public async Task Of_three_silos_the_one_that_alone_loses_its_database_leaves_and_none_when_all_lose_it()
    {
        var leaveAfter = "--Cluster:LeaveAfter=00:00:03";
        await using var postgres = await PostgresServer.StartPrivateAsync();
        await using var cable = new DatabaseCable(postgres.ConnectionString(await postgres.CreateMigratedDatabaseAsync()));
        var direct = new Npgsql.NpgsqlConnectionStringBuilder(cable.ConnectionString) { Port = postgres.Port }.ConnectionString;
        await using var cut = await SiloProcess.StartOnPostgresAsync(cable.ConnectionString, leaveAfter);
        await using var one = await SiloProcess.StartOnPostgresAsync(direct, leaveAfter);
        await using var other = await SiloProcess.StartOnPostgresAsync(direct, leaveAfter);
        var jobs = await CreateAsync(cut.Api);

        await postgres.StopImmediateAsync();
        var ended = cut.EndAsync(TimeSpan.FromSeconds(8));
        await Assert.ThrowsAsync<TimeoutException>(() => ended);
        Assert.True(one.IsRunning && other.IsRunning && cut.IsRunning, cut.Story());
        await postgres.StartAgainAsync();
        await Task.WhenAll(cut.UntilReadyAsync(), one.UntilReadyAsync(), other.UntilReadyAsync());
        // What has come back only now is no witness; each has to have worked for as long as the other had not.
        await AllAnswerAsync(cut, jobs);

        cable.Cut();
        await Measured.WithinAsync("Cut from its database alone, out", TimeSpan.FromSeconds(30), async () =>
            Assert.Equal(StorageLost, await cut.EndAsync(TimeSpan.FromSeconds(30))));
        await Measured.WithinAsync("Its jobs answer", Failover, () => AllAnswerAsync(one, jobs));
        Assert.True(one.IsRunning && other.IsRunning, one.Story());
    }

    private static async Task<string> DatabaseAsync()
    {
        var postgres = await PostgresServer.Shared;
        return postgres.ConnectionString(await postgres.CreateMigratedDatabaseAsync());
    }

    private static async Task<string[]> CreateAsync(JobApi api) =>
        [.. (await Task.WhenAll(Enumerable.Range(0, Jobs).Select(_ => api.CreateAsync()))).Select(job => job.Id)];

    private static Task AllAnswerAsync(ServerProcess silo, string[] jobs) => Polling.UntilAsync(
        TimeSpan.FromSeconds(40),
        async () => (await Task.WhenAll(jobs.Select(id => AnswersAsync(silo.Api, id)))).All(does => does),
        silo.Story);

    private static async Task<bool> AnswersAsync(JobApi api, string id)
    {
        try
        {
            using var answer = await api.GetAsync($"/v1/jobs/{id}");
            return answer.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
