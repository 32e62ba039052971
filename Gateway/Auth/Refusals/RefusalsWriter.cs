using System.Collections.Immutable;
using JobTracker.Audit;

namespace JobTracker.Gateway.Auth.Refusals;

/// <summary>
/// Writes refused credentials, once a second and at the end. While the database is away, those that were to be written wait for it as they
/// are, for they may be stored already, and the rest goes on being counted.
/// </summary>
internal sealed class RefusalsWriter(RefusedCredentials refused, IGrainFactory grains, TimeProvider clock, ILogger<RefusalsWriter> log)
    : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    /// <summary>How long one write may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private ImmutableArray<AuditEvent> _unwritten = [];
    private bool _isAway;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await FlushAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // No time is left; what is lost is told.
        }

        var lost = _unwritten.AddRange(refused.Take()).Sum(said => said.Count);
        if (lost > 0)
            log.RefusalsLost(lost);
    }

    /// <summary>What waits from before, then what was noted since. What could not be written waits on.</summary>
    internal async Task FlushAsync(CancellationToken cancellation)
    {
        if (!await WriteAsync(cancellation))
            return;
        _unwritten = refused.Take();
        await WriteAsync(cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ticks = new PeriodicTimer(Pace, clock);
        try
        {
            while (await ticks.WaitForNextTickAsync(stoppingToken))
                await FlushAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The rest is written by the stop.
        }
    }

    private async Task<bool> WriteAsync(CancellationToken cancellation)
    {
        if (_unwritten.IsEmpty)
            return true;
        try
        {
            await grains.GetGrain<IAuditGrain>(0).AppendAsync(_unwritten).WaitAsync(Patience, clock, cancellation);
        }
        catch (Exception problem) when (!cancellation.IsCancellationRequested)
        {
            if (!_isAway)
                log.RefusalsWait(problem);
            _isAway = true;
            return false;
        }

        _unwritten = [];
        if (_isAway)
            log.RefusalsWritten();
        _isAway = false;
        return true;
    }
}
