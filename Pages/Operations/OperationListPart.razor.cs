using JobTracker.Operations;
using JobTracker.Pages.Doors;
using JobTracker.Pages.Jobs;
using JobTracker.Pages.Live;
using JobTracker.Pages.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace JobTracker.Pages.Operations;

/// <summary>A page of the list of operations.</summary>
public sealed partial class OperationListPart
{
    private const string Path = "/ui/operations";

    private readonly SteadyRows<OperationId, OperationSnapshot> _rows = new(one => one.Id, one => one.Status.IsTerminal);
    private OperationPage? _first;
    private LiveState<OperationPage>? _missed;
    private bool _isPaused;

    /// <summary>What the address asks for: <c>after</c> or <c>before</c>.</summary>
    [Parameter, EditorRequired]
    public string Search { get; set; } = "";

    [Inject]
    private IOperationDoor Operations { get; set; } = default!;

    [Inject]
    private OperationFeeds Feeds { get; set; } = default!;

    [Inject]
    private NavigationManager Address { get; set; } = default!;

    /// <summary>Null in a circuit.</summary>
    [CascadingParameter]
    private HttpContext? Http { get; set; }

    private OperationListKey Key => field is { Organization: null } ? field = KeyOf() : field;

    private bool HasCursor => Key is not { After: null, Before: null };

    private string Command =>
        $"curl -X POST {Address.BaseUri}v1/operations -H \"Authorization: Bearer $JOBTRACKER_API_KEY\" -H 'Content-Type: application/json' "
        + "-d '{\"action\": \"cancel\", \"filter\": {\"status\": \"pending\"}, \"dry_run\": true}'";

    protected override async Task<OperationPage?> ReadAsync() => await Operations.ListAsync(Who, Key.Query);

    protected override IDisposable? Listen(Action<LiveState<OperationPage>> hear) => Feeds.Lists.Listen(Who, Key, State.Value, hear);

    protected override void Take(LiveState<OperationPage> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _missed = state;
        if (_isPaused)
            return;
        if (state is { Value: { } page, Fault: null })
            Show(page);
        if (state.Fault is { } fault && _first is null)
            Http?.AnswerWith(fault.Status);
        base.Take(state);
    }

    private void Show(OperationPage page)
    {
        var older = page is { HasNext: true, Operations: [.., var last] } ? last.Id : (OperationId?)null;
        if (_first is not null)
        {
            // Operations leave their list when they are removed for age alone: what is not told of stays as it was.
            _rows.Take(page.Operations, _ => false, older);
            return;
        }
        _first = page;
        _rows.Begin(page.Operations, older);
    }

    private void Pause()
    {
        _isPaused = !_isPaused;
        if (_missed is { } missed)
            Take(missed);
    }

    private static string WhichOf(OperationSnapshot operation) =>
        operation.Filter is { } filter ? FilterWords.Of(filter) : ActionWords.Many(operation.JobIds, isLowerBound: false);

    private OperationListKey KeyOf()
    {
        var given = QueryHelpers.ParseQuery(Search);
        var after = IdOf("after");
        return new OperationListKey(Who.Organization, after, after is null ? IdOf("before") : null);

        OperationId? IdOf(string name) => OperationId.TryParse(given.GetValueOrDefault(name), out var id) ? id : null;
    }
}
