using JobTracker.Tests.Support;

namespace JobTracker.Tests.Processes;

[Collection("processes")]
public sealed class ClusterTests
{
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
            if (state.Status == "pending") await one.MoveAsync(job.Id, "running");
            if (state.Status == "running") await gateway.MoveAsync(job.Id, "completed");
        }
        Assert.Equal(["pending", "running", "completed"], watched);
        Assert.Equal("completed", (await ended).Status);
    }

    private static async Task<ClusterProcesses> StartAsync(PostgresServer postgres, int silos) =>
        await ClusterProcesses.StartAsync(postgres.ConnectionString(await postgres.CreateMigratedDatabaseAsync()), silos);
}
