namespace JobTracker.Gateway.Shutdown;

/// <summary>Whether this process goes on, so that it may be sent requests.</summary>
internal sealed class Serving(IHostApplicationLifetime lifetime)
{
    private volatile bool _isDraining;

    /// <summary>Somebody has told it to end.</summary>
    public bool IsEnding => _isDraining || lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>From now on it is unready.</summary>
    public void Drain() => _isDraining = true;
}
