using System.Collections.Immutable;
using JobTracker.Batches;
using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;
using Microsoft.AspNetCore.Http;

namespace JobTracker.Tests.Unit.Pages;

/// <summary>The edge of the pages: what a gateway answers of batches.</summary>
internal sealed class EdgeBatchDoor : IBatchDoor
{
    private int _lists;

    /// <summary>All batches, newest first.</summary>
    public ImmutableArray<BatchSnapshot> All { get; set; } = [];

    public Task<BatchSnapshot?> GetAsync(PageCaller who, BatchId id) => Task.FromResult(All.FirstOrDefault(batch => batch.Id == id));

    /// <summary>How many lists were asked for.</summary>
    public int Lists => Volatile.Read(ref _lists);

    public Task<BatchPage> ListAsync(PageCaller who, BatchQuery query)
    {
        Interlocked.Increment(ref _lists);
        var matches = All.Where(batch => query.Statuses.IsDefaultOrEmpty || query.Statuses.Contains(batch.Status));
        return Task.FromResult(new BatchPage([.. matches], HasNext: false, HasPrevious: false));
    }

    public Task<ItemPage?> ListItemsAsync(PageCaller who, BatchId id, ItemQuery query) => throw new NotSupportedException();

    public Task<ItemSnapshot?> GetItemAsync(PageCaller who, BatchId id, string customId) => throw new NotSupportedException();

    public Task<Done<BatchSnapshot>> CancelAsync(HttpContext http, BatchId id) => throw new NotSupportedException();

    public Task<Done<BatchSnapshot>> RefreshAsync(HttpContext http, BatchId id) => throw new NotSupportedException();

    public Task<Done<BatchSnapshot>> ResubmitFailedAsync(HttpContext http, BatchId id) => throw new NotSupportedException();
}
