using System.Net;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Processes;

[Collection("processes")]
public sealed class ClusterTests
{
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_job_of_one_silo_is_read_watched_and_listed_through_the_others()
    {
        await using var cluster = await StartAsync(await PostgresServer.Shared, silos: 2);
        var (one, other, gateway) = (cluster.Silos[0].Api, cluster.Silos[1].Api, cluster.Gateway.Api);

        var job = await one.CreateAsync();
        Assert.Equal(job, await other.ReadAsync(job.Id));
        Assert.Equal(job, await gateway.ReadAsync(job.Id));
        Assert.Equal([job], await other.ListAsync());
        Assert.Equal([job], await gateway.ListAsync());

        var ended = gateway.ReadEndedAsync(job.Id);
        List<string> watched = [];
        await foreach (var state in other.WatchAsync(job.Id))
        {
            watched.Add(state.Status);
            if (state.Status == "pending")
                await one.MoveAsync(job.Id, "running");
            if (state.Status == "running")
                await gateway.MoveAsync(job.Id, "completed");
        }
        Assert.Equal(["pending", "running", "completed"], watched);
        Assert.Equal("completed", (await ended).Status);
    }

    [Fact]
    public async Task Kill_9_of_a_silo_under_load_loses_nothing_acknowledged_and_the_gateway_serves_again()
    {
        await using var cluster = await StartAsync(await PostgresServer.Shared, silos: 2);
        var load = new JobLoad(cluster.Gateway.Api);
        await load.StartAsync(jobs: 200);
        await cluster.Silos[0].KillAsync();

        await Polling.UntilAsync(Recovery, () => ServesManyAsync(cluster.Gateway.Api), cluster.Story);
        await load.StopAsync();
        foreach (var job in load.Acknowledged)
            Assert.True((await cluster.Gateway.Api.ReadAsync(job.Id)).Version >= job.Version);
        load.AssertKeptIn(await cluster.Gateway.Api.ListAsync());
        load.AssertKeptIn(await cluster.Silos[1].Api.ListAsync());
    }

    [Fact]
    public async Task Without_its_database_it_answers_503_and_with_it_again_it_serves()
    {
        await using var postgres = await PostgresServer.StartPrivateAsync();
        await using var cluster = await StartAsync(postgres, silos: 1);
        var (silo, gateway) = (cluster.Silos[0], cluster.Gateway);
        var job = await gateway.Api.CreateAsync();

        await postgres.StopImmediateAsync();
        foreach (var api in new[] { silo.Api, gateway.Api })
        {
            await AssertUnavailableAsync(api.PostJobAsync());
            await AssertUnavailableAsync(api.PatchAsync(job.Id, "running"));
            await AssertUnavailableAsync(api.GetAsync("/v1/jobs"));
        }
        Assert.True(silo.IsRunning && gateway.IsRunning, cluster.Story());

        await postgres.StartAgainAsync();
        await Polling.UntilAsync(Recovery, () => ServesAsync(silo.Api), cluster.Story);
        await Polling.UntilAsync(Recovery, () => ServesAsync(gateway.Api), cluster.Story);
        Assert.Equal(job, await gateway.Api.ReadAsync(job.Id));
        Assert.Equal("running", (await silo.Api.MoveAsync(job.Id, "running")).Status);
    }

    private static async Task<ClusterProcesses> StartAsync(PostgresServer postgres, int silos) =>
        await ClusterProcesses.StartAsync(postgres.ConnectionString(await postgres.CreateMigratedDatabaseAsync()), silos);

    private static async Task AssertUnavailableAsync(Task<HttpResponseMessage> request)
    {
        using var answer = await request;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    /// <summary>Ids are spread over the silos: 16 in a row do not all miss one that is gone.</summary>
    private static async Task<bool> ServesManyAsync(JobApi api) =>
        (await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => ServesAsync(api)))).All(serves => serves);

    private static async Task<bool> ServesAsync(JobApi api)
    {
        try
        {
            using var answer = await api.PostJobAsync();
            return answer.StatusCode == HttpStatusCode.Created;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
