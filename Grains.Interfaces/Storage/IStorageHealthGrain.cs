namespace JobTracker.Storage;

/// <summary>
/// Whether a read and a write would work now, for processes that have no database of their own. A stateless worker: use key 0.
/// </summary>
[Alias("jobtracker.IStorageHealthGrain")]
public interface IStorageHealthGrain : IGrainWithIntegerKey
{
    /// <summary>How the storage of the silo that answers stands; it is asked at most once a second, however many ask.</summary>
    [Alias("Ask")]
    Task<StorageStanding> AskAsync();
}
