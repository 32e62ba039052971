using JobTracker.Grains.Groups;
using JobTracker.Grains.Jobs;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Sql;
using JobTracker.Jobs;
using JobTracker.Silos;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JobTracker.Grains.Sweeper;

/// <summary>
/// Life and pace of the sweeps: a reminder of a minute outlives everything,
/// a timer sets the pace, and the nudges of all silos bring it back soon.
/// </summary>
internal sealed class JobSweeperGrain(
    IJobStore store,
    IOptions<SweeperOptions> options,
    IOptions<RetentionOptions> retention,
    SweeperMetrics metrics,
    FiguresReading figures,
    GroupNotices groups,
    StatsRemoval stats,
    IHostApplicationLifetime host,
    TimeProvider clock,
    ILogger<JobSweeperGrain> log) : Grain, IJobSweeperGrain, IRemindable
{
    private const string ReminderName = "sweep";
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    private JobSweep? _sweep;
    private IGrainTimer? _timer;
    private SweeperSnapshot _snapshot = new();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await this.RegisterOrUpdateReminder(ReminderName, ReminderPeriod, ReminderPeriod, cancellationToken);
        _sweep = new JobSweep(store, WakeAsync, options.Value, new RetentionWalk(store, options.Value, retention.Value), clock);

        // Interleaved, so that nudges and reminders are answered while a long sweep is under way; sweeps themselves never overlap.
        _timer = this.RegisterGrainTimer(
            SweepAsync, new GrainTimerCreationOptions(TimeSpan.Zero, options.Value.Interval) { KeepAlive = true, Interleave = true });
        this.RegisterGrainTimer(
            figures.StepAsync, new GrainTimerCreationOptions(options.Value.Interval, options.Value.Interval) { Interleave = true });

        // Beside the sweeps: a group's end does not wait behind a rush.
        this.RegisterGrainTimer(
            groups.StepAsync, new GrainTimerCreationOptions(TimeSpan.Zero, options.Value.Interval) { Interleave = true });
        this.RegisterGrainTimer(
            stats.StepAsync, new GrainTimerCreationOptions(StatsRemoval.Interval, StatsRemoval.Interval) { Interleave = true });
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        metrics.Hide();
        return Task.CompletedTask;
    }

    public Task NudgeAsync() => Task.CompletedTask;

    public Task<SweeperSnapshot> GetAsync() => Task.FromResult(_snapshot with { Silo = GrainContext.Address.SiloAddress?.ToString() });

    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;

    private Task WakeAsync(JobId id) => GrainFactory.GetGrain<IJobGrain>(id.ToString()).WakeAsync();

    private async Task SweepAsync(CancellationToken stopping)
    {
        try
        {
            var report = await _sweep!.RunAsync(stopping);
            metrics.Swept(report);
            Keep(report);
            if (report.Woken + report.Failed > 0)
                log.Swept(report.Woken, report.Failed, report.Duration, report.Lag, report.IsCutShort);

            // While the silo stops some jobs find no place any more; the next sweeper wakes them.
            if (report.FirstFailure is { } failure && !host.ApplicationStopping.IsCancellationRequested)
                log.WakesFailed(failure, report.Failed);

            // What did not fit into this sweep does not wait for the next one.
            if (report.IsCutShort && !stopping.IsCancellationRequested)
                _timer!.Change(TimeSpan.Zero, options.Value.Interval);
        }
        catch (StoreException problem)
        {
            _snapshot = _snapshot with { FailsSince = _snapshot.FailsSince ?? clock.GetUtcNow() };
            log.SweepFailed(problem);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next sweeper goes on: what is due stands in the rows.
        }
    }

    private void Keep(SweepReport report) => _snapshot = new SweeperSnapshot
    {
        LastSweepAt = clock.GetUtcNow(),
        LastDuration = report.Duration,
        LastLag = report.Lag,
        LastWoken = report.Woken,
        LastFailed = report.Failed,
        IsBehind = report.IsCutShort,
    };
}
