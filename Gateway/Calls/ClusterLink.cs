namespace JobTracker.Gateway.Calls;

/// <summary>
/// What this process knows of its way to the cluster: whether there is one, and that a part of it has just gone. Calls that are under way
/// then may wait for a silo that is no more, and nobody else would tell an Orleans client.
/// </summary>
internal sealed class ClusterLink(IHostApplicationLifetime lifetime) : IClusterConnectionStatusObserver, IDisposable
{
    private CancellationTokenSource _lost = new();

    /// <summary>Until then a call would find no client that could send it.</summary>
    public bool IsUp => lifetime.ApplicationStarted.IsCancellationRequested;

    /// <summary>Fires when the next connection to a silo breaks.</summary>
    public CancellationToken Lost => Volatile.Read(ref _lost).Token;

    public void NotifyGatewayCountChanged(int currentNumberOfGateways, int previousNumberOfGateways, bool connectionRecovered)
    {
        if (currentNumberOfGateways < previousNumberOfGateways)
            Tell();
    }

    public void NotifyClusterConnectionLost() => Tell();

    public void Dispose() => _lost.Dispose();

    private void Tell()
    {
        using var before = Interlocked.Exchange(ref _lost, new CancellationTokenSource());
        before.Cancel();
    }
}
