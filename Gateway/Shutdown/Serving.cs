namespace JobTracker.Gateway.Shutdown;

/// <summary>Whether this process, by itself, may be sent requests: it has begun, and nobody has told it to end.</summary>
internal sealed class Serving(IHostApplicationLifetime lifetime)
{
    private volatile bool _isDraining;

    /// <summary>Why it should be sent none; null where nothing speaks against it.</summary>
    public string? Hindrance => _isDraining || lifetime.ApplicationStopping.IsCancellationRequested
        ? "The process is ending."
        : lifetime.ApplicationStarted.IsCancellationRequested ? null : "The process has no connection to the cluster yet.";

    /// <summary>From now on it is unready.</summary>
    public void Drain() => _isDraining = true;
}
