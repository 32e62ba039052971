using JobTracker.Operations;
using JobTracker.Pages.Doors;
using JobTracker.Pages.Jobs;
using JobTracker.Pages.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace JobTracker.Pages.Operations;

/// <summary>A page of the list of operations.</summary>
public sealed partial class OperationListPart
{
    private const string Path = "/ui/operations";

    private readonly SteadyRows<OperationId, OperationSnapshot> _rows = new(one => one.Id, one => one.Status.IsTerminal);

    /// <summary>What the address asks for: <c>after</c> or <c>before</c>.</summary>
    [Parameter, EditorRequired]
    public string Search { get; set; } = "";

    [Inject]
    private IOperationDoor Operations { get; set; } = default!;

    [Inject]
    private OperationFeeds Feeds { get; set; } = default!;

    [Inject]
    private NavigationManager Address { get; set; } = default!;

    /// <summary>How many new ones wait; null: none, or the list does not begin at the newest.</summary>
    private string? Waiting => HasCursor ? null : _rows.WaitingText(OperationListKey.PageOperations);

    private OperationListKey Key => field is { Organization: null } ? field = KeyOf() : field;

    private bool HasCursor => Key is not { After: null, Before: null };

    private string Command =>
        $"curl -X POST {Address.BaseUri}v1/operations -H \"Authorization: Bearer $JOBTRACKER_API_KEY\" -H 'Content-Type: application/json' "
        + "-d '{\"action\": \"cancel\", \"filter\": {\"status\": \"pending\"}, \"dry_run\": true}'";

    protected override async Task<OperationPage?> ReadAsync() => await Operations.ListAsync(Who, Key.Query);

    protected override IDisposable? Listen(Action<LiveState<OperationPage>> hear) => Feeds.Lists.Listen(Who, Key, State.Value, hear);

    protected override void Begin(OperationPage first) => _rows.Begin(first.Operations, OlderThan(first));

    /// <summary>Operations leave their list when they are removed for age alone: what is not told of stays as it was.</summary>
    protected override void GoOn(OperationPage now) => _rows.Take(now.Operations, _ => false, OlderThan(now));

    private static OperationId? OlderThan(OperationPage page) =>
        page is { HasNext: true, Operations: [.., var last] } ? last.Id : (OperationId?)null;

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
