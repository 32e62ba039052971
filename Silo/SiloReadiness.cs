using JobTracker.Gateway.Health;
using JobTracker.Grains.Storage.Health;

namespace JobTracker.Silo;

/// <summary>Of a silo: it has started, and its storage reads and writes.</summary>
internal sealed class SiloReadiness(SiloStart start, IStorageHealth storage) : IReadiness
{
    public async Task<string?> FindCauseAsync(CancellationToken cancellation) =>
        start.WaitsFor ?? (await storage.AskAsync()).Cause;
}
