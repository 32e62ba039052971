using JobTracker.Grains.Jobs.Life;
using JobTracker.Jobs;
using JobTracker.Tests.Integration.Support;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Sweeper;

/// <summary>What jobs do by themselves, through the real grain and the real sweeper.</summary>
public abstract class SweeperTests(JobClusterFixture fixture) : JobClusterTests(fixture)
{
    /// <summary>Twice the interval of the sweeps, as configured by default.</summary>
    private static readonly TimeSpan LatestBy = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_deadline_is_enforced_at_most_two_sweeps_late()
    {
        var now = TimeProvider.System.GetUtcNow();
        var jobs = new[]
        {
            (New(), new CreateJob { ExpiresAt = now.AddSeconds(2) }, JobStatus.Expired, "expired"),
            (New(), new CreateJob { Status = JobStatus.Running, Timeout = TimeSpan.FromSeconds(1) }, JobStatus.Failed, "timeout"),
            (New(), new CreateJob { Status = JobStatus.Running, HeartbeatTimeout = TimeSpan.FromSeconds(1) }, JobStatus.Failed,
                "heartbeat_lost"),
        };
        var planned = new List<DateTimeOffset>();
        foreach (var (grain, create, _, _) in jobs)
            planned.Add(Accepted(await grain.CreateAsync(Alice, create)).Next!.At);
        foreach (var ((grain, _, status, stopReason), at) in jobs.Zip(planned))
        {
            var ended = await EndOfAsync(grain).Soon();
            Assert.Equal((status, stopReason, "system"), (ended.Status, ended.StopReason, ended.History[^1].By));
            Assert.InRange(ended.CompletedAt!.Value - at, TimeSpan.Zero, LatestBy);
        }
    }

    [Fact]
    public async Task A_worker_that_beats_keeps_its_job_and_one_that_stops_loses_it()
    {
        var grain = New();
        Accepted(await grain.CreateAsync(Alice, new CreateJob { Status = JobStatus.Running, HeartbeatTimeout = TimeSpan.FromSeconds(1) }));
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(300), TimeProvider.System);
        JobSnapshot job;
        do
        {
            await beat.WaitForNextTickAsync(Cancellation);
            job = Accepted(await grain.HeartbeatAsync(Alice, new Heartbeat()));
        }
        while (job.HeartbeatAt - job.StartedAt < TimeSpan.FromSeconds(3));

        var lost = await EndOfAsync(grain).Soon();
        Assert.Equal("heartbeat_lost", lost.StopReason);
        Assert.InRange(lost.CompletedAt!.Value - job.HeartbeatAt!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1) + LatestBy);
    }

    [Fact]
    public async Task What_fell_due_while_no_silo_ran_is_done_once_one_does()
    {
        var jobs = new[]
        {
            DueRows.Overdue(Alice.OrganizationId),
            DueRows.Running(Alice.OrganizationId)
                .With(row => row with { Timeout = TimeSpan.FromMinutes(1) }) with { DueAt = DueRows.Past.AddMinutes(1) },
            DueRows.Running(Alice.OrganizationId)
                .With(row => row with { HeartbeatTimeout = TimeSpan.FromMinutes(1) }) with { DueAt = DueRows.Past.AddMinutes(1) },
        };
        await Cluster.Database.InsertAsync(jobs);
        var reasons = new List<string?>();
        foreach (var job in jobs)
            reasons.Add((await EndOfAsync(Cluster.Job(job.Snapshot.Id)).Soon()).StopReason);
        Assert.Equal(["expired", "timeout", "heartbeat_lost"], reasons);
    }

    [Fact]
    public async Task A_plan_that_was_made_by_other_rules_is_made_anew()
    {
        var row = DueRows.Running(Alice.OrganizationId) with { DueAt = DueRows.Past };
        await Cluster.Database.InsertAsync(row);
        var changes = await Cluster.Job(row.Snapshot.Id).WaitForChangeAsync(Alice, afterVersion: 1, TimeSpan.FromSeconds(5), Cancellation);
        Assert.Equal((JobStatus.Running, row.Snapshot.UpdatedAt, "user"),
            (changes!.Snapshots[^1].Status, changes.Snapshots[^1].UpdatedAt, changes.Snapshots[^1].LastUpdatedById));
        Assert.Null((await Cluster.Database.ReadAsync(row.Snapshot.Id))!.DueAt);
    }

    [Fact]
    public async Task Jobs_are_purged_however_they_were_planned_and_counts_stay_exact()
    {
        var organization = Alice.OrganizationId;
        List<Job> purged =
        [
            await Cluster.Database.InsertEndedAsync(organization, JobStatus.Completed),
            await Cluster.Database.InsertEndedAsync(organization, JobStatus.Completed, dueAt: DueRows.Past),
            await Cluster.Database.InsertEndedAsync(
                organization, JobStatus.Completed, dueAt: TimeProvider.System.GetUtcNow().AddDays(1).ToMicroseconds()),
        ];
        var kept = await Cluster.Database.InsertEndedAsync(organization, JobStatus.Failed);
        var owed = await Cluster.Database.InsertEndedAsync(organization, JobStatus.Completed, row => row with
        {
            Callback = new JobCallback
            {
                Url = "https://a.example/",
                Events = [JobStatus.Completed],
                Attempts = 1,
                NextAttemptAt = DueRows.Past.AddYears(1)
            },
        });
        // One that ends now is purged by its own plan.
        var grain = await CreatedAsync();
        Accepted(await grain.UpdateAsync(Alice, new UpdateJob { Status = JobStatus.Completed }));
        foreach (var gone in purged.Select(job => Cluster.Job(job.Snapshot.Id)).Append(grain))
            await GoneAsync(gone).Soon();

        Assert.Equal(new[] { kept.Snapshot.Id, owed.Snapshot.Id }.Order(),
            (await Cluster.Catalog.ListAsync(Alice, new JobQuery())).Jobs.Select(job => job.Id).Order());
        Assert.Equal(await Cluster.Database.RecountAsync(organization), await Cluster.Database.CountsAsync(organization));
        Assert.Equal(JobNeed.CallbackAttempt, (await Cluster.Job(owed.Snapshot.Id).GetAsync(Alice))!.Next!.What);
    }

    [Fact]
    public async Task A_wake_that_finds_nothing_due_changes_nothing_and_two_at_once_do_it_once()
    {
        var idle = await CreatedAsync();
        await idle.WakeAsync();
        Assert.Equal(1, (await idle.GetAsync(Alice))!.Version);
        await New().WakeAsync();

        var due = DueRows.Overdue(Alice.OrganizationId);
        await Cluster.Database.InsertAsync([due with { DueAt = null }]);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Cluster.Job(due.Snapshot.Id).WakeAsync()));
        Assert.Equal((2L, JobStatus.Expired),
            ((await Cluster.Job(due.Snapshot.Id).GetAsync(Alice)) is { } job ? (job.Version, job.Status) : default));
    }

    private async Task<JobSnapshot> EndOfAsync(IJobGrain grain)
    {
        var job = (await grain.GetAsync(Alice))!;
        while (!job.Status.IsTerminal)
            job = (await grain.WaitForChangeAsync(Alice, job.Version, TimeSpan.FromSeconds(5), Cancellation))!.Snapshots is [.., var last]
                ? last
                : job;
        return job;
    }

    private async Task GoneAsync(IJobGrain grain)
    {
        var version = 0L;
        while (await grain.WaitForChangeAsync(Alice, version, TimeSpan.FromSeconds(5), Cancellation) is { } changes)
            version = changes.Snapshots is [.., var last] ? last.Version : version;
    }
}

public sealed class SqliteSweeperTests(SweptSqliteCluster cluster) : SweeperTests(cluster), IClassFixture<SweptSqliteCluster>;

public sealed class PostgresSweeperTests(SweptPostgresCluster cluster) : SweeperTests(cluster), IClassFixture<SweptPostgresCluster>;
