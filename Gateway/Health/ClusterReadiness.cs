using JobTracker.Callers;
using JobTracker.Gateway.Problems;
using JobTracker.Jobs;
using JobTracker.Storage;

namespace JobTracker.Gateway.Health;

/// <summary>Of a process without a database of its own: the cluster's silos are asked how theirs stands.</summary>
internal sealed class ClusterReadiness(IGrainFactory grains, TimeProvider clock) : IReadiness
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(3);

    /// <summary>One silo that has lost its database alone makes no gateway unready: another one is asked.</summary>
    private const int Silos = 3;

    private static readonly Caller Nobody = new("health", "health");

    public async Task<string?> FindCauseAsync(CancellationToken cancellation)
    {
        try
        {
            return await AskAsync().WaitAsync(LongestAnswer, clock, cancellation);
        }
        catch (Exception fault) when (Outage.IsPassing(fault)
            || fault is OrleansException or OperationCanceledException or InvalidOperationException
                or ArgumentException) // before the first silo was found no grain is known
        {
            return Outage.IsOfStorage(fault) ? "The database does not answer." : "The cluster does not answer.";
        }
    }

    private async Task<string?> AskAsync()
    {
        IStorageHealthGrain health;
        try
        {
            health = grains.GetGrain<IStorageHealthGrain>(0);
        }
        catch (ArgumentException)
        {
            // Silos of before know no such grain: that they can count tells at least that they read.
            await grains.GetGrain<IJobCatalogGrain>(0).CountAsync(Nobody, organizationId: null);
            return null;
        }

        string? cause = null;
        for (var silo = 0; silo < Silos && (silo == 0 || cause is not null); silo++)
            cause = (await health.AskAsync()).Cause;
        return cause;
    }
}
