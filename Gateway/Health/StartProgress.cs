using JobTracker.Gateway.DataProtection;

namespace JobTracker.Gateway.Health;

/// <summary>
/// What a process has yet to do before it serves, beside what its readiness asks: whoever is told that it is ready sends requests in the
/// same moment.
/// </summary>
/// <param name="lifetime">The process.</param>
/// <param name="ring">The keys of the pages' cookies; null where the process serves no gateway.</param>
internal sealed class StartProgress(IHostApplicationLifetime lifetime, KeyRing? ring = null)
{
    /// <summary>All of the process has, but for what the pages wait for.</summary>
    public bool HasStarted => lifetime.ApplicationStarted.IsCancellationRequested;

    /// <summary>
    /// In a sentence for anybody; null: nothing. The pages are waited for until their keys were looked for once: a cluster that cannot tell
    /// them, such as one whose silos are of the version before, does not make the API unready.
    /// </summary>
    public string? WaitsFor => HasStarted
        ? ring is { HasLooked: false } ? "The pages are starting." : null
        : "The process is starting.";
}
