using JobTracker.Grains.Batches.Rules;
using JobTracker.Grains.Jobs;
using JobTracker.Grains.Sweeper;
using JobTracker.Jobs;
using JobTracker.Storage;
using JobTracker.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace JobTracker.Tests.Integration.Sweeper;

/// <summary>Which jobs a sweep wakes, on rows of a real database and a clock that stands still.</summary>
public sealed class JobSweepTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(JobRows.Start);
    private readonly List<JobId> _woken = [];
    private readonly SweeperOptions _options = new();
    private readonly RetentionOptions _retention = new();
    private ushort _number;

    private SqliteJobDatabase Database { get; set; } = null!;

    public async ValueTask InitializeAsync() => Database = await SqliteJobDatabase.CreateAsync();

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    [Fact]
    public async Task What_is_due_is_woken_once_a_sweep_in_its_order_and_what_is_not_is_left()
    {
        var sweep = NewSweep();
        var late = await DueAsync(TimeSpan.FromSeconds(-1));
        var first = await DueAsync(TimeSpan.FromSeconds(-2));
        var now = await DueAsync(TimeSpan.Zero);
        var soon = await DueAsync(TimeSpan.FromMicroseconds(1));

        var report = await sweep.RunAsync(CancellationToken.None);
        Assert.Equal([now, first, late], _woken);
        Assert.Equal((TimeSpan.FromSeconds(2), false), (report.Lag, report.IsCutShort));

        _woken.Clear();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await sweep.RunAsync(CancellationToken.None);
        Assert.Equal(soon, _woken[0]);
        Assert.Equal(4, _woken.Count);
    }

    [Fact]
    public async Task Jobs_that_stay_due_are_woken_in_turn_and_do_not_hold_up_what_falls_due_now()
    {
        (_options.PageSize, _options.JobsPerSweep) = (3, 10);
        var stuck = new List<JobId>();
        for (var i = 0; i < 50; i++)
            stuck.Add(await DueAsync(TimeSpan.FromSeconds(-i - 1)));
        var sweep = NewSweep();
        var turns = new List<JobId>();
        for (var i = 0; i < 20; i++)
        {
            var news = await DueAsync(TimeSpan.FromSeconds(1));
            _clock.Advance(TimeSpan.FromSeconds(1));
            _woken.Clear();
            var report = await sweep.RunAsync(CancellationToken.None);
            Assert.Equal(news, _woken[0]);
            Assert.InRange(report.Woken, 1, 10);
            turns.AddRange(_woken.Where(stuck.Contains));
        }

        var counts = turns.CountBy(id => id).ToDictionary();
        Assert.Equal(50, counts.Count);
        Assert.InRange(counts.Values.Max() - counts.Values.Min(), 0, 1);
    }

    [Fact]
    public async Task A_rush_that_falls_due_at_once_leaves_room_for_what_was_due_before()
    {
        (_options.PageSize, _options.JobsPerSweep) = (5, 10);
        var before = await DueAsync(TimeSpan.FromSeconds(-1));
        var sweep = NewSweep();
        for (var i = 0; i < 30; i++)
            await DueAsync(TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(1));

        var report = await sweep.RunAsync(CancellationToken.None);

        Assert.Contains(before, _woken);
        Assert.True(report.IsCutShort);
    }

    [Fact]
    public async Task No_more_jobs_are_being_woken_at_once_than_the_option_says()
    {
        _options.WakesInFlight = 3;
        for (var i = 0; i < 10; i++)
            await DueAsync(TimeSpan.FromSeconds(-i - 1));
        var (full, open) = (new TaskCompletionSource(), new TaskCompletionSource());
        var (running, most) = (0, 0);
        var run = NewSweep(async _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            if (running == 3)
                full.TrySetResult();
            await open.Task;
            Interlocked.Decrement(ref running);
        }).RunAsync(CancellationToken.None);

        await full.Task.Soon();
        open.SetResult();
        Assert.Equal((10, 0), ((await run.Soon()).Woken, running));
        Assert.Equal(3, most);
    }

    [Fact]
    public async Task A_job_that_cannot_be_woken_fails_alone_and_is_tried_again_by_the_next_sweep()
    {
        var jobs = new List<JobId>();
        for (var i = 0; i < 5; i++)
            jobs.Add(await DueAsync(TimeSpan.FromSeconds(-10 + i)));
        var sweep = NewSweep(
            id => id == jobs[1] && !_woken.Contains(id) ? throw new InvalidOperationException($"not {Wake(id)}") : Wake(id));

        var first = await sweep.RunAsync(CancellationToken.None);
        Assert.Equal((4, 1, false), (first.Woken, first.Failed, first.IsCutShort));
        Assert.IsType<InvalidOperationException>(first.FirstFailure);
        Assert.Equal((5, 0), await CountsAsync(sweep));
    }

    [Fact]
    public async Task When_the_database_takes_no_more_the_sweep_ends_and_does_not_come_back_at_once()
    {
        for (var i = 0; i < 20; i++)
            await DueAsync(TimeSpan.FromSeconds(-i - 1));
        var isFull = true;
        var sweep = NewSweep(id => isFull ? throw new StorageOverloadedException("full") : Wake(id));

        var refused = await sweep.RunAsync(CancellationToken.None);
        Assert.Equal((0, 1, false), (refused.Woken, refused.Failed, refused.IsCutShort));

        isFull = false;
        await sweep.RunAsync(CancellationToken.None);
        await sweep.RunAsync(CancellationToken.None);
        Assert.Equal(20, _woken.Distinct().Count());
    }

    [Fact]
    public async Task Jobs_that_ended_under_another_retention_are_found_step_by_step_and_again_after_a_pause()
    {
        (_options.RetentionStep, _retention.Cancelled) = (2, TimeSpan.FromHours(1));
        var old = new List<JobId>();
        for (var i = 0; i < 3; i++)
            old.Add(await EndedAsync(JobStatus.Cancelled, TimeSpan.FromHours(1)));
        await EndedAsync(JobStatus.Completed, TimeSpan.FromHours(1));
        var young = await EndedAsync(
            JobStatus.Cancelled, TimeSpan.FromHours(1) - TimeSpan.FromMicroseconds(1), createdAgo: TimeSpan.FromHours(2));
        await EndedAsync(JobStatus.Cancelled, TimeSpan.FromHours(1), createdAgo: TimeSpan.FromMinutes(1));
        var sweep = NewSweep();

        await SweepAsync(sweep, times: 3);
        Assert.Equal(old, _woken);

        await SweepAsync(sweep, times: 3);
        Assert.Equal(old, _woken);
        _clock.Advance(_options.RetentionPause);
        await SweepAsync(sweep, times: 5);
        Assert.Contains(young, _woken.Skip(3));
    }

    [Fact]
    public async Task Without_retention_nothing_is_walked()
    {
        await EndedAsync(JobStatus.Cancelled, TimeSpan.FromDays(1000));
        await SweepAsync(NewSweep(), times: 2);
        Assert.Empty(_woken);
    }

    private JobSweep NewSweep(Func<JobId, Task>? wake = null) =>
        new(Database.Store, wake ?? Wake, _options, new RetentionWalk(Database.Store, _options, _retention), _clock);

    private Task Wake(JobId id)
    {
        _woken.Add(id);
        return Task.CompletedTask;
    }

    private static async Task<(int, int)> CountsAsync(JobSweep sweep)
    {
        var report = await sweep.RunAsync(CancellationToken.None);
        return (report.Woken, report.Failed);
    }

    private static async Task SweepAsync(JobSweep sweep, int times)
    {
        for (var i = 0; i < times; i++)
            await sweep.RunAsync(CancellationToken.None);
    }

    private async Task<JobId> DueAsync(TimeSpan fromNow) =>
        (await Database.InsertAsync(
            JobRows.New("org", JobRows.IdAt(JobRows.Start, _number++)) with { DueAt = _clock.GetUtcNow() + fromNow })).Snapshot.Id;

    private async Task<JobId> EndedAsync(JobStatus status, TimeSpan ago, TimeSpan? createdAgo = null)
    {
        var created = _clock.GetUtcNow() - (createdAgo ?? ago + TimeSpan.FromSeconds(1));
        var living = await Database.InsertAsync(JobRows.New("org", JobRows.IdAt(created, _number++)));
        await Database.WriteAsync(living.Replace(living.Enter(status).With(row => row with { CompletedAt = _clock.GetUtcNow() - ago })));
        return living.Snapshot.Id;
    }
}
