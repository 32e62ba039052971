namespace JobTracker.Tests.Processes;

/// <summary>One collection, so that no test takes the processors from another's processes.</summary>
[Collection("processes")]
public sealed class EmbeddedSiloTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jobtracker-system-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_second_start_finds_the_jobs_of_the_first()
    {
        SeenJob job;
        await using (var first = await StartAsync())
        {
            job = await first.Api.CreateAsync();
            job = await first.Api.MoveAsync(job.Id, "running");
            Assert.Equal(0, await first.StopAsync());
            Assert.Equal("", first.Complaints);
        }

        await using var second = await StartAsync();
        Assert.Equal(job, await second.Api.ReadAsync(job.Id));
        Assert.Equal([job], await second.Api.ListAsync());
        Assert.Equal("completed", (await second.Api.MoveAsync(job.Id, "completed")).Status);
        Assert.Equal("", second.Complaints);
    }

    [Fact]
    public async Task Kill_9_under_load_loses_nothing_that_was_acknowledged()
    {
        JobLoad load;
        await using (var first = await StartAsync())
        {
            load = new JobLoad(first.Api);
            await load.StartAsync(jobs: 200);
            await first.KillAsync();
            await load.StopAsync();
        }

        await using var second = await StartAsync();
        var stored = await second.Api.ListAsync();
        load.AssertKeptIn(stored);
        var stats = await second.Api.StatsAsync();
        Assert.Equal(stored.Count, stats.Total);
        Assert.Equal(
            stored.CountBy(job => job.Status)
                .OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => (count.Key, (long)count.Value)),
            stats.ByStatus.Where(count => count.Value > 0)
                .OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => (count.Key, count.Value)));
    }

    private Task<ServerProcess> StartAsync() => SiloProcess.StartEmbeddedAsync(Path.Combine(_folder.FullName, "jobs.db"));
}
