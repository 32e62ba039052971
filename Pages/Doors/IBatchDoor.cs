using JobTracker.Batches;
using JobTracker.Pages.Callers;
using Microsoft.AspNetCore.Http;

namespace JobTracker.Pages.Doors;

/// <summary>
/// Batches, of the caller's organization alone. Every method throws <see cref="PageFaultException"/> where it has no answer, a missing scope
/// included.
/// </summary>
public interface IBatchDoor
{
    /// <summary>Null: there is no such batch in the caller's organization.</summary>
    Task<BatchSnapshot?> GetAsync(PageCaller who, BatchId id);

    /// <summary>One page of a list.</summary>
    Task<BatchPage> ListAsync(PageCaller who, BatchQuery query);

    /// <summary>One page of a batch's items, without results; null: no such batch.</summary>
    Task<ItemPage?> ListItemsAsync(PageCaller who, BatchId id, ItemQuery query);

    /// <summary>One item with its result; null: no such item.</summary>
    Task<ItemSnapshot?> GetItemAsync(PageCaller who, BatchId id, string customId);

    /// <summary>Asks the provider to cancel it.</summary>
    Task<Done<BatchSnapshot>> CancelAsync(HttpContext http, BatchId id);

    /// <summary>Asks the provider now.</summary>
    Task<Done<BatchSnapshot>> RefreshAsync(HttpContext http, BatchId id);

    /// <summary>Sends the items that failed or expired once more.</summary>
    Task<Done<BatchSnapshot>> ResubmitFailedAsync(HttpContext http, BatchId id);
}
