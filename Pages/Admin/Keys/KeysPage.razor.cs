using JobTracker.Keys;
using JobTracker.Pages.Doors;
using Microsoft.AspNetCore.Components;

namespace JobTracker.Pages.Admin.Keys;

/// <summary>The keys of an organization, and a form for another one.</summary>
public sealed partial class KeysPage
{
    private const int PageSize = 50;

    private KeyList? _list;
    private NewKeyFields _fields = NewKeyFields.Empty;

    /// <summary>Another organization than the caller's is for admins.</summary>
    [SupplyParameterFromQuery]
    private string? Organization { get; set; }

    [SupplyParameterFromQuery]
    private string? After { get; set; }

    protected override IEnumerable<string> Needs => [Scopes.KeysManage];

    /// <summary>Null: the caller's own.</summary>
    private string? Foreign => Organization?.Trim() is { Length: > 0 } named && named != Who.Organization ? named : null;

    private string Owner => Foreign ?? Who.Organization;

    protected override async Task ReadAsync() =>
        _list = await Door.ListKeysAsync(Who, Foreign, KeyId.TryParse(After, out var after) ? after : null, PageSize);

    private async Task CreateAsync()
    {
        _fields = NewKeyFields.Read(Http.Request.Form);
        if (await DoAsync(() => Door.CreateKeyAsync(Http, _fields.For(Foreign))) is not { } made)
            return;
        Secrets.Keep(Http, Who, made);
        Navigation.NavigateTo(SecretOnce.PathOf(made.Key.Id));
    }

    private string Address(string? after)
    {
        var parts = new List<string>(2);
        if (Foreign is { } organization)
            parts.Add($"organization={Uri.EscapeDataString(organization)}");
        if (after is not null)
            parts.Add($"after={Uri.EscapeDataString(after)}");
        return parts.Count == 0 ? "/ui/admin/keys" : $"/ui/admin/keys?{string.Join('&', parts)}";
    }
}
