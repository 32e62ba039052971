using System.Collections.Immutable;
using JobTracker.Callers;
using JobTracker.Grains.Groups;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Storage;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Sql;
using JobTracker.Jobs;
using JobTracker.Storage;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace JobTracker.Grains.Jobs.Listing;

/// <summary>Reads the rows that job grains write: what was acknowledged is in the next list.</summary>
/// <remarks>
/// It keeps nothing, so that its reads may interleave: else there would be as many at once as there are processors, and slow ones would
/// hold up all others. How many there are is for <see cref="ListTurns"/> to say.
/// </remarks>
[StatelessWorker, Reentrant]
internal sealed class JobCatalogGrain(IJobStore store, JobNeeds needs, ListTurns turns, GroupChildren children, IOptions<JobLimits> limits)
    : Grain, IJobCatalogGrain
{
    private const int LargestPage = 1000;
    private const int MostReceivers = 1_000;

    public Task<JobPage> ListAsync(Caller caller, JobQuery query)
    {
        if (query.Limit is < 1 or > LargestPage)
            throw new ArgumentOutOfRangeException(nameof(query), $"A page has 1 to {LargestPage} jobs, not {query.Limit}.");
        var organizationId = Permitted(caller, query.OrganizationId);
        return ReadAsync(async () =>
        {
            var page = await store.ListAsync(
                query with { OrganizationId = organizationId }, new PageLimits(limits.Value.PageBytes, limits.Value.ListScan),
                CancellationToken.None);
            return page with { Jobs = await children.ShowAsync(ImmutableArray.CreateRange(page.Jobs, needs.Explained)) };
        });
    }

    public Task<JobCounts> CountAsync(Caller caller, string? organizationId)
    {
        var permitted = Permitted(caller, organizationId);
        return ReadAsync(() => store.CountAsync(permitted, CancellationToken.None));
    }

    public Task<ImmutableArray<JobEnds>> CountEndsAsync(Caller caller, string? organizationId, DateTimeOffset since)
    {
        var permitted = Permitted(caller, organizationId);
        return ReadAsync(async () =>
            ImmutableArray.CreateRange(await store.CountEndsAsync(permitted, since, CancellationToken.None)));
    }

    public Task<ImmutableArray<ReceiverFigures>> ListReceiversAsync(Caller caller, string? organizationId, DateTimeOffset since)
    {
        var permitted = Permitted(caller, organizationId);
        return ReadAsync(async () => ImmutableArray.CreateRange(
            await store.ReadReceiversAsync(permitted, since, MostReceivers, CancellationToken.None)));
    }

    private static string Permitted(Caller caller, string? organizationId) =>
        organizationId is null || organizationId == caller.OrganizationId || caller.IsAdmin
            ? organizationId ?? caller.OrganizationId
            : throw new UnauthorizedAccessException("Only an admin may read another organization's jobs.");

    private async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            using var turn = await turns.TakeAsync();
            return await read();
        }
        catch (StoreException problem)
        {
            throw new StorageUnavailableException($"The database can't be read: {problem.Message}");
        }
    }
}
