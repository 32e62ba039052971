using JobTracker.Grains.Jobs;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Jobs;
using JobTracker.Storage;
using JobTracker.Tests.Integration.Support;
using JobTracker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Tests.Integration.Jobs;

/// <summary>Signs of life and of progress that wait for each other; here for as long as the test needs them to.</summary>
public abstract class JobHeartbeatTests(JobClusterFixture fixture) : JobClusterTests(fixture)
{
    private static readonly Heartbeat Plain = new();

    [Fact]
    public async Task The_newest_progress_is_seen_by_every_read_and_only_the_first_is_written()
    {
        var grain = await CreatedAsync();
        for (var step = 1; step <= 50; step++)
        {
            var told = step % 2 == 0
                ? Accepted(await grain.HeartbeatAsync(Alice, new Heartbeat { Progress = At(step) }))
                : Accepted(await grain.UpdateAsync(Alice, new UpdateJob { Progress = Change.To(At(step)) }));
            Assert.Equal((At(step), 2L), (told.Progress, told.Version));
            AssertSame(told, await grain.GetAsync(Alice));
            Assert.Equal(
                At(step), Assert.Single((await grain.WaitForChangeAsync(Alice, 1, TimeSpan.Zero, Cancellation))!.Snapshots).Progress);
        }

        Assert.Equal(2, WritesOf(grain));
        Assert.Equal(At(1), (await StoredAsync(grain)).Progress);
    }

    [Fact]
    public async Task An_end_is_stored_at_once_with_the_last_progress_in_it()
    {
        var grain = await BeatingAsync(At(7));
        var ended = Accepted(await grain.UpdateAsync(Alice, new UpdateJob { Status = JobStatus.Completed }));
        Assert.Equal((At(7), 3L), (ended.Progress, ended.Version));
        Assert.Equal((At(7), JobStatus.Completed), ((await StoredAsync(grain)).Progress, (await StoredAsync(grain)).Status));
    }

    [Fact]
    public async Task Any_other_change_takes_what_waits_along()
    {
        var grain = await BeatingAsync(At(7));
        Accepted(await grain.UpdateAsync(Alice, new UpdateJob { MetadataPatch = """{"a":1}""" }));
        Assert.Equal(At(7), (await StoredAsync(grain)).Progress);
    }

    [Fact]
    public async Task Progress_that_is_guarded_by_a_version_moves_it()
    {
        var grain = await BeatingAsync(At(7));
        var guarded = new UpdateJob { Progress = Change.To(At(8)), ExpectedVersion = 2 };
        Assert.Equal(3, Accepted(await grain.UpdateAsync(Alice, guarded)).Version);
        Refused<Refusal.VersionMismatch>(await grain.UpdateAsync(Alice, guarded));
    }

    [Fact]
    public async Task What_waits_is_stored_when_the_grain_goes()
    {
        var grain = await BeatingAsync(At(7));
        await Cluster.Orleans.DeactivateAsync(grain);
        Assert.Equal((At(7), 3L), ((await StoredAsync(grain)).Progress, (await StoredAsync(grain)).Version));
    }

    [Fact]
    public async Task A_worker_that_was_heard_before_a_crash_is_not_lost_until_what_the_crash_took_is_over()
    {
        // The row tells of a heartbeat that is older than the timeout, by less than what may have waited in memory.
        var now = TimeProvider.System.GetUtcNow().ToMicroseconds();
        var (heard, lost) = (await CrashedAsync(now.AddSeconds(-20)), await CrashedAsync(now.AddSeconds(-80)));
        Assert.Equal(JobStatus.Running, Accepted(await heard.HeartbeatAsync(Alice, Plain)).Status);
        Assert.Equal("heartbeat_lost", Refused<Refusal.JobHasEnded>(await lost.HeartbeatAsync(Alice, Plain)).StopReason);
    }

    [Fact]
    public async Task A_heartbeat_that_could_not_be_stored_was_heard_nevertheless()
    {
        var grain = New();
        Accepted(await grain.CreateAsync(Alice, new CreateJob { Status = JobStatus.Running, HeartbeatTimeout = TimeSpan.FromSeconds(30) }));
        Cluster.Store.OtherwiseOfWrites = PlannedFault.NotSent;
        await Assert.ThrowsAsync<StorageUnavailableException>(() => grain.HeartbeatAsync(Alice, new Heartbeat { Progress = At(1) }));
        var job = (await grain.GetAsync(Alice))!;
        Cluster.Store.Recover();
        Assert.NotNull(job.HeartbeatAt);
        Assert.Equal((null, 1L), (job.Progress, job.Version));

        // The next one is stored at once, or has been by the retry.
        await grain.HeartbeatAsync(Alice, new Heartbeat { Progress = At(2) });
        await Cluster.Orleans.DeactivateAsync(grain);
        Assert.Equal(At(2), (await StoredAsync(grain)).Progress);
    }

    [Theory]
    [InlineData(JobStatus.Running, JobStatus.Completed)]
    [InlineData(JobStatus.Pending, JobStatus.Running)]
    public async Task A_command_after_a_deadline_finds_the_job_ended_and_is_told_why(JobStatus status, JobStatus asked)
    {
        var row = JobRows.New(Alice.OrganizationId).With(job => job with
        {
            Status = status,
            ExpiresAt = TimeProvider.System.GetUtcNow().AddMinutes(-1).ToMicroseconds(),
            StartedAt = status == JobStatus.Running ? JobRows.Start : null,
        });
        await Cluster.Database.InsertAsync(row);
        var grain = Cluster.Job(row.Snapshot.Id);

        var late = Refused<Refusal.TransitionNotAllowed>(await grain.UpdateAsync(Alice, new UpdateJob { Status = asked }));

        Assert.Equal((JobStatus.Expired, asked, "expired"), (late.From, late.To, late.StopReason));
        Assert.Equal((JobStatus.Expired, 2L), ((await StoredAsync(grain)).Status, (await StoredAsync(grain)).Version));
    }

    [Fact]
    public async Task Another_organizations_heartbeat_finds_no_job()
    {
        var grain = await CreatedAsync();
        Assert.IsType<JobOutcome.NotFound>(await grain.HeartbeatAsync(Mallory, Plain));
        Assert.Equal(1, WritesOf(grain));
    }

    private static JobProgress At(long completed) => new(completed, 100, null);

    /// <summary>One whose newest progress is in memory only.</summary>
    private async Task<IJobGrain> BeatingAsync(JobProgress progress)
    {
        var grain = await CreatedAsync();
        Accepted(await grain.HeartbeatAsync(Alice, Plain));
        Accepted(await grain.HeartbeatAsync(Alice, new Heartbeat { Progress = progress }));
        Assert.Null((await StoredAsync(grain)).Progress);
        return grain;
    }

    private async Task<IJobGrain> CrashedAsync(DateTimeOffset heartbeatAt)
    {
        var row = await Cluster.Database.InsertAsync(JobRows.New(Alice.OrganizationId).With(job =>
            job with { Status = JobStatus.Running, StartedAt = JobRows.Start, HeartbeatTimeout = TimeSpan.FromSeconds(10) }));
        await Cluster.Database.WriteAsync(row.Replace(row.Next(job => job with { HeartbeatAt = heartbeatAt })));
        return Cluster.Job(row.Snapshot.Id);
    }

    private async Task<JobSnapshot> StoredAsync(IJobGrain grain) =>
        (await Cluster.Database.ReadAsync(JobId.Parse(grain.GetPrimaryKeyString())))!.Snapshot;

    private int WritesOf(IJobGrain grain) =>
        Cluster.Store.Writes.Sum(batch => batch.Count(write => write.Id.ToString() == grain.GetPrimaryKeyString()));
}

public sealed class SlowSqliteCluster : JobClusterFixture
{
    private protected override Task<JobCluster> StartAsync() =>
        JobCluster.OnSqliteAsync(silo => silo.Services.Configure<JobsOptions>(jobs => jobs.CoalesceTime = TimeSpan.FromMinutes(1)));
}

public sealed class SlowPostgresCluster : JobClusterFixture
{
    private protected override Task<JobCluster> StartAsync() =>
        JobCluster.OnPostgresAsync(
            configure: silo => silo.Services.Configure<JobsOptions>(jobs => jobs.CoalesceTime = TimeSpan.FromMinutes(1)));
}

public sealed class SqliteJobHeartbeatTests(SlowSqliteCluster cluster) : JobHeartbeatTests(cluster), IClassFixture<SlowSqliteCluster>;

public sealed class PostgresJobHeartbeatTests(SlowPostgresCluster cluster) : JobHeartbeatTests(cluster), IClassFixture<SlowPostgresCluster>;

/// <summary>The same at the default pace.</summary>
public sealed class HeartbeatPaceTests(SqliteCluster cluster) : JobClusterTests(cluster), IClassFixture<SqliteCluster>
{
    [Fact]
    public async Task A_busy_worker_costs_one_write_a_second_and_a_watcher_hears_the_newest_with_each()
    {
        var grain = await CreatedAsync();
        var began = TimeProvider.System.GetTimestamp();
        var watch = WatchAsync(grain);
        for (var step = 0L; TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(3); step++)
            Accepted(await grain.HeartbeatAsync(Alice, new Heartbeat { Progress = new JobProgress(step, null, null) }));
        var last = (await grain.GetAsync(Alice))!;
        var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        var writes = Cluster.Store.Writes.Sum(batch => batch.Count(write => write.Id == last.Id));

        // One made the job, the first heartbeat is stored at once, and then one a second.
        Assert.InRange(writes, 3, 2 + (int)Math.Ceiling(seconds));
        // Without anything more from the worker, the last one is stored and told.
        for (var told = last with { Version = last.Version - 1, Progress = null }; told.Progress != last.Progress;)
        {
            var changes = (await grain.WaitForChangeAsync(Alice, told.Version, TimeSpan.FromSeconds(5), Cancellation))!;
            told = Assert.Single(changes.Snapshots.TakeLast(1));
        }

        Accepted(await grain.CancelAsync(Alice, new CancelJob()));
        var seen = await watch.Soon();
        Assert.Equal(seen.Order(), seen);
    }

    private async Task<List<long>> WatchAsync(IJobGrain grain)
    {
        var (version, seen) = (0L, new List<long>());
        while ((await grain.WaitForChangeAsync(Alice, version, TimeSpan.FromSeconds(5), Cancellation))!.Snapshots is var changes)
        {
            seen.AddRange(changes.Select(job => job.Progress?.Completed ?? -1));
            if (changes is not [.., var last])
                continue;
            if (last.Status.IsTerminal)
                return seen;
            version = last.Version;
        }

        return seen;
    }
}
