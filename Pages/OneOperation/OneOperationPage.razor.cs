using System.Collections.Immutable;
using System.Globalization;
using JobTracker.Keys;
using JobTracker.Operations;
using Microsoft.AspNetCore.Components;

namespace JobTracker.Pages.OneOperation;

/// <summary>One operation: how far it is, with which jobs it failed, and a form to stop it.</summary>
public sealed partial class OneOperationPage
{
    private const int PageErrors = 100;

    private OperationSnapshot? _operation;
    private ImmutableArray<OperationError> _errors = [];
    private long _after;
    private string? _next;

    [Parameter]
    public string Id { get; set; } = "";

    protected override IEnumerable<string> Needs => [Scopes.JobsRead];

    protected override async Task ReadAsync()
    {
        _operation = OperationId.TryParse(Id, out var id) ? await Door.GetAsync(Who, id) : null;
        if (_operation is not { Failed: > 0 })
            return;
        var isPlace = long.TryParse(Http.Request.Query["after"], NumberStyles.None, CultureInfo.InvariantCulture, out var after);
        _after = isPlace ? after : 0;
        var errors = await Door.ReadErrorsAsync(Who, id, _after) ?? [];
        _errors = [.. errors.Take(PageErrors)];
        _next = errors.Length > PageErrors ? _errors[^1].Place.ToString(CultureInfo.InvariantCulture) : null;
    }

    private async Task AbortAsync()
    {
        if (_operation is { } operation && await DoAsync(() => Door.AbortAsync(Http, operation.Id)) is not null)
            Navigation.NavigateTo($"/ui/operations/{operation.Id}");
    }
}
