using System.Collections.Immutable;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Sql;
using JobTracker.Jobs;
using JobTracker.Storage;

namespace JobTracker.Grains.Groups;

/// <summary>How the children of groups stand, read from the counts that their writes move.</summary>
internal sealed class GroupChildren(IJobStore store)
{
    /// <exception cref="StorageUnavailableException">The database can't be reached.</exception>
    public async Task<ChildCounts> OfAsync(JobId group) => (await CountAsync([group])).GetValueOrDefault(group, ChildCounts.None);

    /// <summary>The group with the counts of its children.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be reached.</exception>
    public async Task<JobSnapshot> ShowAsync(JobSnapshot group) => group with { Children = await OfAsync(group.Id) };

    /// <summary>The same; without them where they can't be had: what was stored is stored all the same.</summary>
    public async Task<JobSnapshot> TryShowAsync(JobSnapshot group)
    {
        try
        {
            return await ShowAsync(group);
        }
        catch (StorageUnavailableException)
        {
            return group;
        }
    }

    /// <summary>The jobs, the groups among them with the counts of their children; one query, where there are any.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be reached.</exception>
    public async Task<ImmutableArray<JobSnapshot>> ShowAsync(ImmutableArray<JobSnapshot> jobs)
    {
        JobId[] groups = [.. jobs.Where(job => job.Group is not null).Select(job => job.Id).Distinct()];
        if (groups.Length == 0)
            return jobs;
        var counts = await CountAsync(groups);
        return ImmutableArray.CreateRange(
            jobs, job => job.Group is null ? job : job with { Children = counts.GetValueOrDefault(job.Id, ChildCounts.None) });
    }

    private async Task<IReadOnlyDictionary<JobId, ChildCounts>> CountAsync(JobId[] groups)
    {
        try
        {
            return await store.CountChildrenAsync(groups, CancellationToken.None);
        }
        catch (StoreException problem)
        {
            throw new StorageUnavailableException($"The database can't be read: {problem.Message}");
        }
    }
}
