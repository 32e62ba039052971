using System.Collections.Concurrent;
using JobTracker.Grains.Jobs;
using JobTracker.Grains.Sweeper;
using JobTracker.Jobs;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Sweeper;

/// <summary>A wake that nobody answers, as of a job on a silo that has just died.</summary>
public sealed class UnansweredWakeTests : IAsyncLifetime
{
    private readonly ObservedClock _clock = new();
    private readonly SweeperOptions _options = new() { WakesInFlight = 2 };
    private readonly ConcurrentQueue<JobId> _woken = new();
    private readonly TaskCompletionSource _never = new();
    private readonly TaskCompletionSource _again = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private JobId _silent;
    private int _silences;

    private SqliteJobDatabase Database { get; set; } = null!;

    public async ValueTask InitializeAsync() => Database = await SqliteJobDatabase.CreateAsync();

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    [Fact]
    public async Task It_holds_up_neither_the_others_nor_the_next_sweep_and_is_made_again_when_it_has_had_its_time()
    {
        _silent = await DueAsync();
        List<JobId> others = [];
        for (var i = 0; i < 5; i++)
            others.Add(await DueAsync());
        var sweep = new JobSweep(
            Database.Store, WakeAsync, _options, new RetentionWalk(Database.Store, _options, new RetentionOptions()), _clock);

        var first = await RunAsync(sweep);
        Assert.Equal((5, 1), (first.Woken, first.Failed));
        Assert.Equal(others.Append(_silent).Order(), _woken.Order());

        // Its place is taken still, and it is not woken once more beside itself.
        _woken.Clear();
        var second = await sweep.RunAsync(CancellationToken.None).Soon();
        Assert.Equal((5, 0), (second.Woken, second.Failed));
        Assert.Equal(others.Order(), _woken.Order());

        _clock.Advance(_options.WakePatience);
        while (!_again.Task.IsCompleted)
            await Task.WhenAny(sweep.RunAsync(CancellationToken.None), _again.Task).Soon();
    }

    /// <summary>Lets the sweep wait for the silent one for as long as it does.</summary>
    private async Task<SweepReport> RunAsync(JobSweep sweep)
    {
        var run = sweep.RunAsync(CancellationToken.None);
        Assert.Equal(_options.WakePatience, await _clock.ArmedAsync());
        Assert.Equal(_options.Interval, await _clock.ArmedAsync());
        _clock.Advance(_options.Interval);
        return await run.Soon();
    }

    private Task WakeAsync(JobId id)
    {
        _woken.Enqueue(id);
        if (id != _silent)
            return Task.CompletedTask;
        if (++_silences > 1)
            _again.TrySetResult();
        return _never.Task;
    }

    private async Task<JobId> DueAsync() => (await Database.InsertAsync(
        JobRows.New("org", JobId.New(TimeProvider.System)) with { DueAt = _clock.GetUtcNow() - TimeSpan.FromSeconds(1) })).Snapshot.Id;
}
