using System.Globalization;
using JobTracker.Batches;
using JobTracker.Pages.Jobs;
using JobTracker.Pages.Live;
using JobTracker.Pages.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace JobTracker.Pages.Batches;

/// <summary>A page of the list of batches.</summary>
public sealed partial class BatchListPart
{
    private readonly SteadyRows<BatchId, BatchRow> _rows = new(row => row.Id, row => row.Status.IsTerminal);
    private BatchFilter _filter = new();
    private BatchList? _first;
    private bool _isPaused;
    private LiveState<BatchList>? _missed;

    /// <summary>What the address asks for.</summary>
    [Parameter, EditorRequired]
    public string Search { get; set; } = "";

    [Inject]
    private BatchListFeed Lists { get; set; } = default!;

    [Inject]
    private NavigationManager Address { get; set; } = default!;

    /// <summary>Null in a circuit.</summary>
    [CascadingParameter]
    private HttpContext? Http { get; set; }

    /// <summary>How many new ones wait; null: none, or the list does not begin at the newest.</summary>
    private string? Waiting => (_filter.HasCursor ? 0 : _rows.Waiting) switch
    {
        0 => null,
        var count when count > BatchList.PageBatches || _rows.MayMoreWait =>
            string.Create(CultureInfo.InvariantCulture, $"{Math.Min(count, BatchList.PageBatches)} or more new"),
        var count => string.Create(CultureInfo.InvariantCulture, $"{count} new"),
    };

    protected override async Task<BatchList?> ReadAsync()
    {
        _filter = BatchFilter.Parse(Search);
        return await Lists.ReadAsync(Who, _filter);
    }

    protected override IDisposable? Listen(Action<LiveState<BatchList>> hear) =>
        Lists.Lists.Listen(Who, new BatchListKey(Who.Organization, _filter.Search), State.Value, hear);

    protected override void Take(LiveState<BatchList> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (_isPaused)
        {
            _missed = state;
            return;
        }
        if (state is { Value: { } list, Fault: null })
            Show(list);
        if (state.Fault is { } fault && _first is null)
            Http?.AnswerWith(fault.Status);
        base.Take(state);
    }

    private void Show(BatchList list)
    {
        if (_first is null)
        {
            _first = list;
            _rows.Begin(list.Rows, list.Older);
            return;
        }
        _rows.Take(list.Rows, list.Covers, list.Older);
        foreach (var (id, row) in list.Gone)
            _rows.Take(id, row);
    }

    /// <summary>What was missed is caught up with at once.</summary>
    private void Pause()
    {
        _isPaused = !_isPaused;
        if (!_isPaused && _missed is { } missed)
            Take(missed);
        _missed = null;
    }

    private static string? ClassOf(RowMark mark) => mark switch
    {
        RowMark.None => null,
        RowMark.Left => "left",
        RowMark.Removed => "removed",
    };
}
