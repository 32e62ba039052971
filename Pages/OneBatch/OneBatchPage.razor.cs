using JobTracker.Batches;
using JobTracker.Keys;
using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;
using JobTracker.Pages.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace JobTracker.Pages.OneBatch;

/// <summary>One batch: how it stands at its provider, its items and what became of them, and what can be done about it.</summary>
public sealed partial class OneBatchPage(IBatchDoor batches, CurrentCaller callers, NavigationManager navigation, TimeProvider clock)
{
    private BatchSnapshot? _batch;
    private ItemView _view = new(default);
    private ItemPage? _items;
    private ItemSnapshot? _item;
    private ErrorGroups? _errors;
    private DateTimeOffset _at;
    private PageFault? _fault;
    private PageFault? _refusal;
    private bool _isRefused;

    /// <summary>Nothing is written before: what is not there yet is not missing.</summary>
    private bool _isRead;

    /// <summary>The batch's id.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    private string Here => $"/ui/batches/{Uri.EscapeDataString(Id)}{Http.Request.QueryString}";

    private string Host => $"{Http.Request.Scheme}://{Http.Request.Host}";

    private string Address => Host + Here;

    /// <summary>It runs as it is: where nobody signs in, the header means nothing.</summary>
    private string Curl => $"curl -s -H \"Authorization: Bearer $JOBTRACKER_API_KEY\" {Host}/v1/batches/{Id}";

    protected override async Task OnInitializedAsync()
    {
        var who = await callers.GetAsync();
        _isRefused = !who.May(Scopes.BatchesRead);
        if (_isRefused)
            Http.AnswerWith(StatusCodes.Status403Forbidden);
        else if (BatchId.TryParse(Id, out var id))
            await ReadAsync(who, id);
        _isRead = true;
    }

    private async Task ReadAsync(PageCaller who, BatchId id)
    {
        _view = ItemView.Parse(id, Http.Request.QueryString.Value);
        _at = clock.GetUtcNow();
        try
        {
            if (await batches.GetAsync(who, id) is not { } batch)
                return;
            _items = await batches.ListItemsAsync(who, id, _view.Read());
            if (_view.Item is { } item)
                _item = await batches.GetItemAsync(who, id, item);
            if (batch.Counts is { Failed: > 0 } or { Expired: > 0 })
                _errors = await ErrorGroups.ReadAsync(batches, who, id);
            _batch = batch;
        }
        catch (PageFaultException problem)
        {
            _fault = problem.Fault;
            Http.AnswerWith(problem.Fault.Status);
        }
    }

    /// <summary>Goes back to the batch behind a command; a refusal is told where it was asked for.</summary>
    private async Task ActAsync(Func<IBatchDoor, HttpContext, BatchId, Task<Done<BatchSnapshot>>> command)
    {
        try
        {
            var done = await command(batches, Http, BatchId.Parse(Id));
            if (done.Value is { } batch)
                navigation.NavigateTo($"/ui/batches/{batch.Id}");
            else
                Tell(done.Refusal!);
        }
        catch (PageFaultException problem)
        {
            Tell(problem.Fault);
        }
    }

    private void Tell(PageFault refusal)
    {
        _refusal = refusal;
        Http.AnswerWith(refusal.Status);
        // The form is in a part of this page: that alone is written anew by itself.
        StateHasChanged();
    }
}
