namespace JobTracker.Gateway.Cluster;

/// <summary>
/// Waits for the cluster for as long as it takes: gateways and silos may start in any order. It says so at once, and then every minute.
/// </summary>
internal sealed class PatientConnection(TimeProvider clock, ILogger<PatientConnection> log) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Reminder = TimeSpan.FromMinutes(1);

    private readonly long _began = clock.GetTimestamp();
    private TimeSpan _nextWord = TimeSpan.Zero;

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        var waited = clock.GetElapsedTime(_began);
        if (waited >= _nextWord)
        {
            log.NoClusterYet((int)waited.TotalSeconds, exception.Message);
            _nextWord = waited + Reminder;
        }
        await Task.Delay(Pause, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }
}
