using System.Net.Http.Json;
using System.Text.Json;

namespace JobTracker.Tests.Processes;

/// <summary>The demonstration, as whoever evaluates the product starts it.</summary>
[Collection("processes")]
public sealed class DemoTests : IDisposable
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jobtracker-demo-");

    private string Database => Path.Combine(_folder.FullName, "demo.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Half_a_minute_after_its_start_there_is_something_of_everything_and_it_moves()
    {
        await using var demo = await StartAsync();

        await Polling.UntilAsync(FirstLook, () => HasEverythingAsync(demo.Api), demo.Story);
        await AssertHasAPastAsync(demo.Api);
        await AssertMovesAsync(demo);

        Assert.Contains($"The demonstration is at {demo.Address.OriginalString}/ui/ (data in {Database})", demo.Story(), StringComparison.Ordinal);
        Assert.All(demo.Complaints.Split('\n').Where(IsHeadline), line => Assert.Contains("JobTracker.Grains.Callbacks", line, StringComparison.Ordinal));
        Assert.Equal(0, await demo.StopAsync().WaitAsync(TimeSpan.FromSeconds(15), TimeProvider.System));
    }

    [Fact]
    public async Task A_restart_goes_on_and_sows_nothing_again()
    {
        long total;
        await using (var first = await StartAsync())
        {
            await Polling.UntilAsync(
                FirstLook, () => Task.FromResult(first.Story().Contains("The demonstration is at", StringComparison.Ordinal)), first.Story);
            total = (await first.Api.StatsAsync()).Total;
            Assert.Equal(0, await first.StopAsync());
        }

        await using var second = await StartAsync();
        await AssertMovesAsync(second);
        Assert.InRange((await second.Api.StatsAsync()).Total, total, total + 100);
    }

    [Fact]
    public async Task A_file_with_jobs_of_others_is_refused_in_one_line_and_left_as_it_is()
    {
        SeenJob job;
        await using (var others = await SiloProcess.StartEmbeddedAsync(Database))
        {
            job = await others.Api.CreateAsync();
            Assert.Equal(0, await others.StopAsync());
        }

        await using (var demo = SiloProcess.LaunchDemo(Database))
        {
            Assert.Equal(1, await demo.EndAsync(FirstLook));
            Assert.Equal(
                $"Storage:SqlitePath: {Database} has jobs that are not the demonstration's, which works on a file of its own.", demo.Complaints);
        }

        await using var again = await SiloProcess.StartEmbeddedAsync(Database);
        Assert.Equal([job], await again.Api.ListAsync());
    }

    private async Task<ServerProcess> StartAsync()
    {
        var demo = SiloProcess.LaunchDemo(Database);
        await demo.UntilReadyAsync();
        return demo;
    }

    /// <summary>Five statuses, three types, a batch, a receiver that was given up, a worker that was lost.</summary>
    private static async Task<bool> HasEverythingAsync(JobApi api)
    {
        var stats = await ReadAsync(api, "/v1/jobs/stats");
        return stats.GetProperty("by_status").EnumerateObject().Count(status => status.Value.GetInt64() > 0) >= 5
            && stats.GetProperty("by_job_type").EnumerateObject().Count() >= 3
            && (await ReadAsync(api, "/v1/batches")).GetArrayLength() > 0
            && (await ReadAsync(api, "/v1/jobs?callback=failed&callback_host=127.0.0.1&limit=1")).GetArrayLength() > 0
            && (await ReadAsync(api, "/v1/jobs?stop_reason=heartbeat_lost&limit=1")).GetArrayLength() > 0;
    }

    /// <summary>What has ended did so at many times of the last hour, after work that took its time.</summary>
    private static async Task AssertHasAPastAsync(JobApi api)
    {
        var completed = (await ReadAsync(api, "/v1/jobs?status=completed&limit=200")).EnumerateArray()
            .Select(job => (Began: Moment(job, "started_at"), Ended: Moment(job, "completed_at"))).ToList();
        var now = TimeProvider.System.GetUtcNow();
        Assert.All(completed, job => Assert.InRange(job.Ended, now.AddHours(-1), now));
        Assert.InRange(completed.DistinctBy(job => (job.Ended.Hour, job.Ended.Minute)).Count(), 20, 60);
        Assert.InRange(completed.Count(job => job.Ended - job.Began > TimeSpan.FromSeconds(10)), 100, 200);

        static DateTimeOffset Moment(JsonElement job, string field) => job.GetProperty(field).GetDateTimeOffset();
    }

    private static async Task AssertMovesAsync(ServerProcess demo)
    {
        for (var time = 0; time < 3; time++)
        {
            var before = (await demo.Api.StatsAsync()).ByStatus;
            await Polling.UntilAsync(
                FirstLook, async () => (await demo.Api.StatsAsync()).ByStatus.Any(count => count.Value != before[count.Key]), demo.Story);
        }
    }

    private static bool IsHeadline(string line) =>
        line.StartsWith("warn:", StringComparison.Ordinal) || line.StartsWith("fail:", StringComparison.Ordinal);

    private static async Task<JsonElement> ReadAsync(JobApi api, string path)
    {
        using var answer = await api.GetAsync(path);
        return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
    }
}
