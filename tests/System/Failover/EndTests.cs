using System.Globalization;
using System.Net;
using System.Text.Json;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Processes.Failover;

/// <summary>How processes that serve HTTP begin before their cluster, and how they end.</summary>
[Collection("processes")]
public sealed class EndTests(ITestOutputHelper output)
{
    private const int Watched = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_gateway_without_a_silo_is_alive_and_unready_and_ends_when_it_is_told_to()
    {
        var postgres = await PostgresServer.Shared;
        var database = postgres.ConnectionString(await postgres.CreateMigratedDatabaseAsync());
        await using var gateway = ServerProcess.Launch("Gateway", $"--ConnectionStrings:Postgres={database}", DrainSetting);

        await Polling.UntilAsync(Patience, () => AnswersAsync(gateway, "/healthz/live", HttpStatusCode.OK), gateway.Story);
        using (var ready = await gateway.Api.GetAsync("/healthz/ready"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
            Assert.Contains("cluster", await CauseAsync(ready));
        }
        using (var asked = await gateway.Api.GetAsync("/v1/jobs"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, asked.StatusCode);
            Assert.NotNull(asked.Headers.RetryAfter);
        }

        Assert.Equal(0, await gateway.StopAsync());
        Assert.DoesNotContain("Unhandled", gateway.Story());
    }

    [Fact]
    public async Task A_gateway_that_waited_for_its_cluster_serves_once_there_is_one()
    {
        var postgres = await PostgresServer.Shared;
        var database = postgres.ConnectionString(await postgres.CreateMigratedDatabaseAsync());
        await using var gateway = ServerProcess.Launch("Gateway", $"--ConnectionStrings:Postgres={database}");
        await Polling.UntilAsync(Patience, () => AnswersAsync(gateway, "/healthz/ready", HttpStatusCode.ServiceUnavailable), gateway.Story);

        await using var silo = await SiloProcess.StartOnPostgresAsync(database);
        await Polling.UntilAsync(Patience, () => AnswersAsync(gateway, "/healthz/ready", HttpStatusCode.OK), gateway.Story);

        Assert.Equal("pending", (await gateway.Api.CreateAsync()).Status);
    }

    [Theory]
    [InlineData("Gateway")]
    [InlineData("Silo")]
    public async Task A_process_that_is_told_to_end_is_unready_serves_on_and_exits_with_0(string which)
    {
        var postgres = await PostgresServer.Shared;
        await using var cluster = await ClusterProcesses.StartAsync(
            postgres.ConnectionString(await postgres.CreateMigratedDatabaseAsync()), silos: 1, DrainSetting);
        var process = which == "Silo" ? cluster.Silos[0] : cluster.Gateway;
        var job = await process.Api.CreateAsync();

        var began = TimeProvider.System.GetTimestamp();
        var end = process.StopAsync();
        await Polling.UntilAsync(
            Patience, () => AnswersAsync(process, "/healthz/ready", HttpStatusCode.ServiceUnavailable), process.Story);
        Assert.Equal(job, await process.Api.ReadAsync(job.Id));
        Assert.Equal("running", (await process.Api.MoveAsync(job.Id, "running")).Status);
        Assert.True(await AnswersAsync(process, "/healthz/live", HttpStatusCode.OK));

        Assert.Equal(0, await end);
        Assert.True(TimeProvider.System.GetElapsedTime(began) >= Drain);
        Assert.Equal("", process.Complaints);
    }

    [Fact]
    public async Task A_silo_with_50_streams_and_50_polls_ends_within_15_seconds()
    {
        var postgres = await PostgresServer.Shared;
        await using var silo = await SiloProcess.StartOnPostgresAsync(
            postgres.ConnectionString(await postgres.CreateMigratedDatabaseAsync()));
        List<SeenJob> jobs = [];
        while (jobs.Count < Watched)
            jobs.Add(await silo.Api.CreateAsync());
        var heard = 0;
        var watches = jobs.Select(job => WatchAsync(job.Id)).Concat(jobs.Select(job => silo.Api.ReadEndedAsync(job.Id))).ToList();
        await Polling.UntilAsync(Patience, () => Task.FromResult(heard == Watched), silo.Story);

        var began = TimeProvider.System.GetTimestamp();
        Assert.Equal(0, await silo.StopAsync());
        var took = TimeProvider.System.GetElapsedTime(began);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ended after {took.TotalSeconds:0.0} s"));
        Assert.True(took <= LongestEnd, $"{took}");
        await Task.WhenAll(watches).WaitAsync(Patience, TimeProvider.System);

        async Task<SeenJob> WatchAsync(string id)
        {
            var last = default(SeenJob);
            await foreach (var seen in silo.Api.WatchAsync(id))
            {
                last = seen;
                Interlocked.Increment(ref heard);
            }
            return last!;
        }
    }

    private static string DrainSetting => $"--Shutdown:Drain={Drain:c}";

    private static async Task<string> CauseAsync(HttpResponseMessage answer)
    {
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return body.RootElement.GetProperty("cause").GetString() ?? "";
    }

    private static async Task<bool> AnswersAsync(ServerProcess process, string path, HttpStatusCode status)
    {
        try
        {
            using var answer = await process.Api.GetAsync(path);
            return answer.StatusCode == status;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
