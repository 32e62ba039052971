using JobTracker.Grains.Jobs.Watching;
using JobTracker.Jobs;
using JobTracker.Tests.Integration.Support;
using JobTracker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace JobTracker.Tests.Integration.Jobs;

/// <summary>Waiting for a change: the one primitive under long polls, events and the client.</summary>
public abstract class JobWaitTests(JobClusterFixture fixture) : JobClusterTests(fixture)
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_change_wakes_whoever_waits()
    {
        var grain = await CreatedAsync();
        var waits = Enumerable.Range(0, 20).Select(_ => grain.WaitForChangeAsync(Alice, 1, Long, Cancellation)).ToList();
        await grain.GetAsync(Alice);
        Assert.DoesNotContain(waits, wait => wait.IsCompleted);
        var changed = Accepted(await grain.UpdateAsync(Alice, new UpdateJob { Status = JobStatus.Completed }));
        foreach (var wait in waits)
            AssertSame(changed, Assert.Single((await wait)!.Snapshots));
    }

    [Fact]
    public async Task Whoever_is_behind_is_answered_at_once()
    {
        var grain = await CreatedAsync();
        Assert.Equal([1], await VersionsAsync(grain, after: 0));
        await grain.UpdateAsync(Alice, new UpdateJob { Status = JobStatus.Completed });
        Assert.Equal(2, (await VersionsAsync(grain, after: 1))[^1]);
    }

    [Fact]
    public async Task Without_a_change_the_answer_is_empty_after_the_time_asked_for()
    {
        var grain = await CreatedAsync();
        Assert.Empty((await grain.WaitForChangeAsync(Alice, 1, TimeSpan.FromMilliseconds(20), Cancellation))!.Snapshots);
        Assert.Empty((await grain.WaitForChangeAsync(Alice, 1, TimeSpan.Zero, Cancellation))!.Snapshots);
        Assert.Empty((await grain.WaitForChangeAsync(Alice, 99, TimeSpan.FromMilliseconds(20), Cancellation))!.Snapshots);
    }

    [Fact]
    public async Task A_refused_command_wakes_nobody()
    {
        var grain = await CreatedAsync();
        var wait = grain.WaitForChangeAsync(Alice, 1, TimeSpan.FromMilliseconds(200), Cancellation);
        Refused<Refusal.TransitionNotAllowed>(await grain.UpdateAsync(Alice, new UpdateJob { Status = JobStatus.Pending }));
        Assert.Empty((await wait)!.Snapshots);
    }

    [Fact]
    public async Task Sixteen_versions_are_told_each_and_the_end_always()
    {
        var grain = await CreatedAsync();
        await grain.WaitForChangeAsync(Alice, 1, TimeSpan.Zero, Cancellation);
        await ProgressAsync(grain, times: JobWatch.Remembered);
        Assert.Equal(Enumerable.Range(2, 16).Select(version => (long)version), await VersionsAsync(grain, after: 1));

        await ProgressAsync(grain, times: JobWatch.Remembered + 4);
        Assert.Equal(37, (await VersionsAsync(grain, after: 17))[^1]);
        Assert.Equal(JobWatch.Remembered, (await VersionsAsync(grain, after: 17)).Count);
    }

    [Fact]
    public async Task A_watcher_that_loops_sees_versions_rise_to_the_last()
    {
        var grain = await CreatedAsync();
        var watch = WatchAsync(grain);
        await ProgressAsync(grain, times: 60);
        await grain.UpdateAsync(Alice, new UpdateJob { Status = JobStatus.Completed });
        var seen = await watch.Soon();
        Assert.Equal(62, seen[^1]);
        Assert.Equal(seen.Distinct().Order(), seen);
    }

    [Fact]
    public async Task A_deletion_answers_null()
    {
        var grain = await CreatedAsync();
        var wait = grain.WaitForChangeAsync(Alice, 1, Long, Cancellation);
        await grain.DeleteAsync(Alice, new DeleteJob());
        Assert.Null(await wait);
        Assert.Null(await grain.WaitForChangeAsync(Alice, 1, Long, Cancellation));
    }

    [Fact]
    public async Task Whoever_gives_up_is_let_go()
    {
        var grain = await CreatedAsync();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var wait = grain.WaitForChangeAsync(Alice, 1, Long, patience.Token);
        await grain.GetAsync(Alice);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        Accepted(await grain.CancelAsync(Alice, new CancelJob()));
    }

    private async Task<List<long>> VersionsAsync(IJobGrain grain, long after) =>
        [.. (await grain.WaitForChangeAsync(Alice, after, Long, Cancellation))!.Snapshots.Select(job => job.Version)];

    private async Task<List<long>> WatchAsync(IJobGrain grain)
    {
        List<long> seen = [1];
        while (await grain.WaitForChangeAsync(Alice, seen[^1], Long, Cancellation) is { } changes)
        {
            seen.AddRange(changes.Snapshots.Select(job => job.Version));
            if (changes.Snapshots is [.., { Status.IsTerminal: true }])
                return seen;
        }

        return seen;
    }

    private async Task ProgressAsync(IJobGrain grain, int times)
    {
        for (var i = 0; i < times; i++)
            Accepted(await grain.UpdateAsync(Alice, new UpdateJob { MetadataPatch = $$"""{"step":"{{i}} of {{times}}"}""" }));
    }
}

public sealed class SqliteJobWaitTests(SqliteCluster cluster) : JobWaitTests(cluster), IClassFixture<SqliteCluster>
{
    [Fact]
    public async Task A_call_stays_parked_five_seconds_at_most()
    {
        var grain = await CreatedAsync();
        var began = TimeProvider.System.GetTimestamp();
        Assert.Empty((await grain.WaitForChangeAsync(Alice, 1, TimeSpan.FromMinutes(1), Cancellation))!.Snapshots);
        Assert.InRange(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 4.5, 15);
    }

    [Fact]
    public async Task A_silo_that_stops_lets_everyone_go_first()
    {
        await using var stopping = await JobCluster.OnSqliteAsync();
        var grain = stopping.Job(JobId.New(TimeProvider.System));
        await grain.CreateAsync(Alice, new CreateJob());
        var wait = grain.WaitForChangeAsync(Alice, 1, TimeSpan.FromMinutes(1), Cancellation);
        await grain.GetAsync(Alice);
        Assert.False(wait.IsCompleted);
        var began = TimeProvider.System.GetTimestamp();
        stopping.Orleans.Silos[0].ServiceProvider.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        Assert.Empty((await wait)!.Snapshots);
        Assert.InRange(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 0, 4);
    }
}

public sealed class PostgresJobWaitTests(PostgresCluster cluster) : JobWaitTests(cluster), IClassFixture<PostgresCluster>;
