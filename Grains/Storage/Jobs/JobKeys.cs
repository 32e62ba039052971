using JobTracker.Grains.Storage.Sql;
using JobTracker.Storage;

namespace JobTracker.Grains.Storage.Jobs;

/// <summary>Whose an idempotency key is.</summary>
internal sealed class JobKeys(IJobStore store)
{
    /// <summary>Null: nobody's.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be reached.</exception>
    public async Task<JobWriteResult.KeyTaken?> HolderAsync(string organizationId, string key)
    {
        try
        {
            return await store.FindKeyAsync(organizationId, key, CancellationToken.None);
        }
        catch (StoreException problem)
        {
            throw new StorageUnavailableException($"The database can't be read: {problem.Message}");
        }
    }
}
