using System.Diagnostics.Metrics;
using JobTracker.Identity;
using JobTracker.Telemetry;

namespace JobTracker.Gateway.Clock;

/// <summary>
/// Tells when this machine's clock was set back. Ids go on from the last and nothing is refused for it, but until the clock has caught up
/// deadlines come late by as much, and the times of new changes stand still. Gauge <c>jobtracker.clock.behind</c>, in seconds.
/// </summary>
internal sealed class ClockWatch : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    /// <summary>Below it lie the steps of a clock that is kept right, and the time between two looks at it.</summary>
    private static readonly TimeSpan Noticed = TimeSpan.FromSeconds(1);

    private readonly SteadyClock _steady;
    private readonly TimeProvider _clock;
    private readonly ILogger<ClockWatch> _log;
    private TimeSpan _told;

    public ClockWatch(SteadyClock steady, TimeProvider clock, IMeterFactory meters, ILogger<ClockWatch> log)
    {
        (_steady, _clock, _log) = (steady, clock, log);
        Instrumentation.Of(meters).Gauge<double>(Metrics.ClockBehind, () => [new(steady.Behind.TotalSeconds)]);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                Look();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends, or does not even start, for a reason of its own.
        }
    }

    private void Look()
    {
        var behind = _steady.Behind;
        if (behind - _told > Noticed)
            _log.ClockWentBack(behind);
        else if (_told > Noticed && behind < Noticed)
            _log.ClockCaughtUp();
        else if (behind >= Noticed)
            return;
        _told = behind < Noticed ? TimeSpan.Zero : behind;
    }
}
