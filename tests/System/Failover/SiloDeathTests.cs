using System.Globalization;
using System.Net;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Processes.Failover;

/// <summary>kill -9 of one of three silos, as the callers of a gateway see it.</summary>
[Collection("processes")]
public sealed class SiloDeathTests(ITestOutputHelper output)
{
    private const int Watched = 50;
    private const int Shown = 5;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest that the jobs of a dead silo may be without an answer.</summary>
    private static readonly TimeSpan DeadJobs = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AfterDeath = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan UntilEnded = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task No_request_waits_for_more_than_5_seconds()
    {
        await using var cluster = await StartAsync();
        using var load = new SteadyLoad(() => cluster.Gateway.Address, SteadyLoad.PerSecond);
        await load.StartAsync();

        var killed = load.Now;
        await cluster.Silos[0].KillAsync();
        await Polling.UntilAsync(2 * AfterDeath, () => Task.FromResult(load.Now - killed > AfterDeath), load.Story);
        await load.StopAsync();

        output.WriteLine(load.Story());
        var failed = load.Records.Where(record => !record.IsSuccess).ToList();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{failed.Count} failed, the last {(failed.Count == 0 ? 0 : failed.Max(record => (record.End - killed).TotalSeconds)):0.0} s after the kill"));
        foreach (var kind in load.Failures(killed))
            output.WriteLine(kind);
        // Who asked for a job of the dead silo waited for it; the others did not.
        var waited = load.Records.Where(record => record.IsSuccess && record.Begin >= killed && record.Took > Noticeable).ToList();
        var again = waited.Count == 0 ? TimeSpan.Zero : waited.Max(record => record.End) - killed;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{waited.Count} waited longer than {Noticeable.TotalSeconds:0.0} s; the dead silo's jobs answered again {again.TotalSeconds:0.0} s after the kill"));
        Assert.True(again < DeadJobs + (2 * load.LongestStall), $"the dead silo's jobs answered only {again} after the kill");
        Assert.Empty(load.Records.Where(record => record.Took > Longest + (2 * load.LongestStall)).Take(Shown));
        Assert.Empty(failed.Where(record => record.Status != 503).Take(Shown));
    }

    /// <summary>Each job has a stream and a long poll; all of them end 3 s after the kill.</summary>
    [Fact]
    public async Task Streams_and_polls_hear_of_an_end_within_5_seconds()
    {
        await using var cluster = await StartAsync();
        using var api = new JobApi(cluster.Gateway.Address);
        var jobs = await Task.WhenAll(Enumerable.Range(0, Watched).Select(_ => CreateRunningAsync(api)));
        var ended = jobs.ToDictionary(job => job, _ => new TaskCompletionSource<long>(), StringComparer.Ordinal);
        var streams = jobs.Select(job => HearAsync(job, WatchedEndAsync(api, job))).ToList();
        var polls = jobs.Select(job => HearAsync(job, PolledEndAsync(api, job))).ToList();

        var killed = TimeProvider.System.GetTimestamp();
        await cluster.Silos[0].KillAsync();
        await Polling.UntilAsync(
            Recovery, () => Task.FromResult(TimeProvider.System.GetElapsedTime(killed) >= UntilEnded), cluster.Story);
        await Task.WhenAll(jobs.Select(EndAsync));

        await Polling.UntilAsync(
            2 * Recovery,
            () => Task.FromResult(streams.Concat(polls).All(heard => heard.IsCompleted)),
            () => $"{Unheard(streams)} streams and {Unheard(polls)} polls heard nothing\n{cluster.Story()}");
        var late = (await Task.WhenAll(streams.Concat(polls))).Order().ToList();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{late.Count} heard; median {late[late.Count / 2].TotalMilliseconds:0} ms, last {late[^1].TotalMilliseconds:0} ms after the end"));
        Assert.True(late[^1] <= Longest, $"the last heard {late[^1]} after the end");

        static int Unheard(List<Task<TimeSpan>> watches) => watches.Count(heard => !heard.IsCompleted);

        async Task EndAsync(string job)
        {
            await Polling.UntilAsync(Recovery, async () =>
            {
                using var answer = await api.PatchAsync(job, "completed");
                return answer.IsSuccessStatusCode || (await api.ReadAsync(job)).Status == "completed";
            }, cluster.Story);
            ended[job].SetResult(TimeProvider.System.GetTimestamp());
        }

        async Task<TimeSpan> HearAsync(string job, Task heard)
        {
            await heard;
            var at = TimeProvider.System.GetTimestamp();
            return TimeProvider.System.GetElapsedTime(await ended[job].Task, at);
        }
    }

    private static async Task<string> CreateRunningAsync(JobApi api)
    {
        var job = await api.CreateAsync();
        return (await api.MoveAsync(job.Id, "running")).Id;
    }

    /// <summary>Where a stream breaks off, or is refused for now, another is opened.</summary>
    private static Task WatchedEndAsync(JobApi api, string job) => UntilHeardAsync(async () =>
    {
        await foreach (var seen in api.WatchAsync(job))
        {
            if (seen.Status == "completed")
                return true;
        }
        return false;
    });

    private static Task PolledEndAsync(JobApi api, string job) =>
        UntilHeardAsync(async () => (await api.ReadEndedAsync(job)).Status == "completed");

    private static async Task UntilHeardAsync(Func<Task<bool>> listen)
    {
        while (true)
        {
            try
            {
                if (await listen())
                    return;
            }
            catch (HttpRequestException problem) when (problem.StatusCode is HttpStatusCode.ServiceUnavailable)
            {
                // Its silo died while it was opened.
            }
        }
    }

    private static async Task<ClusterProcesses> StartAsync()
    {
        var postgres = await PostgresServer.Shared;
        return await ClusterProcesses.StartAsync(postgres.ConnectionString(await postgres.CreateMigratedDatabaseAsync()), silos: 3);
    }
}
