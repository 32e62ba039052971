using JobTracker.Batches;
using JobTracker.Pages.Jobs;
using JobTracker.Pages.Live;
using Microsoft.AspNetCore.Components;

namespace JobTracker.Pages.Batches;

/// <summary>A page of the list of batches.</summary>
public sealed partial class BatchListPart
{
    private readonly SteadyRows<BatchId, BatchRow> _rows = new(row => row.Id, row => row.Status.IsTerminal);
    private BatchFilter _filter = new();

    /// <summary>What the address asks for.</summary>
    [Parameter, EditorRequired]
    public string Search { get; set; } = "";

    [Inject]
    private BatchListFeed Lists { get; set; } = default!;

    [Inject]
    private NavigationManager Address { get; set; } = default!;

    /// <summary>How many new ones wait; null: none, or the list does not begin at the newest.</summary>
    private string? Waiting => _filter.HasCursor ? null : _rows.WaitingText(BatchList.PageBatches);

    protected override async Task<BatchList?> ReadAsync()
    {
        _filter = BatchFilter.Parse(Search);
        return await Lists.ReadAsync(Who, _filter);
    }

    protected override IDisposable? Listen(Action<LiveState<BatchList>> hear) =>
        Lists.Lists.Listen(Who, new BatchListKey(Who.Organization, _filter.Search), State.Value, hear);

    protected override void Begin(BatchList first) => _rows.Begin(first.Rows, first.Older);

    protected override void GoOn(BatchList now)
    {
        _rows.Take(now.Rows, now.Covers, now.Older);
        foreach (var (id, row) in now.Gone)
            _rows.Take(id, row);
    }
}
