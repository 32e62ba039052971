using JobTracker.Storage;

namespace JobTracker.Grains.Storage.Health;

/// <summary>How this silo's storage stands.</summary>
public interface IStorageHealth
{
    /// <summary>
    /// Looks, unless somebody did within <c>Storage:CheckInterval</c>. What has not answered within <c>Storage:CheckTimeout</c> does not
    /// work. Never fails.
    /// </summary>
    Task<StorageStanding> AskAsync();
}
