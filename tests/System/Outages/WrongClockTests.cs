using System.Net;
using System.Text.Json;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Processes.Outages;

/// <summary>Processes on a machine whose clock is 10 minutes ahead, which is more than <c>Limits:ClockSkew</c>.</summary>
[Collection("processes")]
public sealed class WrongClockTests : IDisposable
{
    private static readonly KeyValuePair<string, string?>[] Ahead = WrongClock.Ahead(TimeSpan.FromMinutes(10));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jobtracker-system-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_gateway_with_another_time_than_its_cluster_reads_makes_no_job_and_blames_no_caller()
    {
        var postgres = await PostgresServer.Shared;
        var connection = postgres.ConnectionString(await postgres.CreateMigratedDatabaseAsync());
        await using var silo = await SiloProcess.StartOnPostgresAsync(connection);
        await using var gateway = ServerProcess.Launch("Gateway", Ahead, [$"--ConnectionStrings:Postgres={connection}"]);
        await gateway.UntilReadyAsync();
        var job = await silo.Api.CreateAsync();

        Assert.Equal(job, await gateway.Api.ReadAsync(job.Id));
        using var refused = await gateway.Api.PostJobAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains("set the clocks", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_that_starts_again_on_a_clock_that_was_set_back_goes_on_with_its_jobs()
    {
        var path = Path.Combine(_folder.FullName, "jobs.db");
        string id;
        DateTimeOffset before;
        await using (var ahead = SiloProcess.LaunchEmbedded(path, Ahead))
        {
            await ahead.UntilReadyAsync();
            id = (await ahead.Api.CreateAsync()).Id;
            before = await UpdatedAtAsync(await ahead.Api.PatchAsync(id, "running"));
            Assert.Equal(0, await ahead.StopAsync());
        }

        await using var silo = await SiloProcess.StartEmbeddedAsync(path);
        var after = await UpdatedAtAsync(await silo.Api.PatchAsync(id, "completed"));
        var next = await silo.Api.CreateAsync();

        Assert.True(after >= before, $"{after:O} after {before:O}");
        Assert.Equal(
            new[] { id, next.Id }.Order(StringComparer.Ordinal),
            (await silo.Api.ListAsync()).Select(job => job.Id).Order(StringComparer.Ordinal));
    }

    private static async Task<DateTimeOffset> UpdatedAtAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            return body.RootElement.GetProperty("updated_at").GetDateTimeOffset();
        }
    }
}
