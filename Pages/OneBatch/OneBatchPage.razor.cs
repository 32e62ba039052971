using JobTracker.Batches;
using JobTracker.Keys;
using JobTracker.Pages.Doors;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace JobTracker.Pages.OneBatch;

/// <summary>One batch: how it stands at its provider, its items and what became of them, and what can be done about it.</summary>
public sealed partial class OneBatchPage(IBatchDoor batches, TimeProvider clock)
{
    private BatchSnapshot? _batch;
    private ItemView _view = new(default);
    private ItemPage? _items;
    private ItemSnapshot? _item;
    private ErrorGroups? _errors;
    private DateTimeOffset _at;

    /// <summary>The batch's id.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    protected override IEnumerable<string> Needs => [Scopes.BatchesRead];

    protected override async Task ReadAsync()
    {
        if (!BatchId.TryParse(Id, out var id))
            return;
        _view = ItemView.Parse(id, Http.Request.QueryString.Value);
        _at = clock.GetUtcNow();
        if (await batches.GetAsync(Who, id) is not { } batch)
            return;
        _items = await batches.ListItemsAsync(Who, id, _view.Read());
        if (_view.Item is { } item)
            _item = await batches.GetItemAsync(Who, id, item);
        if (batch.Counts is { Failed: > 0 } or { Expired: > 0 })
            _errors = await ErrorGroups.ReadAsync(batches, Who, id);
        _batch = batch;
    }

    /// <summary>Goes back to the batch behind a command.</summary>
    private async Task ActAsync(Func<IBatchDoor, HttpContext, BatchId, Task<Done<BatchSnapshot>>> command)
    {
        if (await DoAsync(() => command(batches, Http, BatchId.Parse(Id))) is { } batch)
            Navigation.NavigateTo($"/ui/batches/{batch.Id}");
    }
}
