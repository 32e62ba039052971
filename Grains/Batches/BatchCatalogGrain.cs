using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Grains.Storage.Batches;
using JobTracker.Jobs;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace JobTracker.Grains.Batches;

/// <summary>Reads the rows that batch grains write: what was acknowledged is in the next list.</summary>
/// <remarks>It keeps nothing, so that its reads may interleave.</remarks>
[StatelessWorker, Reentrant]
internal sealed class BatchCatalogGrain(IBatchStore store, IOptions<JobLimits> limits) : Grain, IBatchCatalogGrain
{
    private const int LargestPage = 1000;

    public Task<BatchPage> ListAsync(Caller caller, BatchQuery query)
    {
        if (query.Limit is < 1 or > LargestPage)
            throw new ArgumentOutOfRangeException(nameof(query), $"A page has 1 to {LargestPage} batches, not {query.Limit}.");
        if (query.OrganizationId is { } other && other != caller.OrganizationId && !caller.IsAdmin)
            throw new UnauthorizedAccessException("Only an admin may read another organization's batches.");
        var permitted = query with { OrganizationId = query.OrganizationId ?? caller.OrganizationId };
        return store.ListAsync(permitted, limits.Value.PageBytes, CancellationToken.None);
    }
}
