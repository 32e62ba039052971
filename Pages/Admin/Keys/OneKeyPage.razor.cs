using System.Globalization;
using JobTracker.Keys;
using Microsoft.AspNetCore.Components;

namespace JobTracker.Pages.Admin.Keys;

/// <summary>One key: its facts, its new secret once, and forms to rotate and to revoke it.</summary>
public sealed partial class OneKeyPage
{
    private ApiKeySnapshot? _key;
    private string? _secret;

    [Parameter]
    public string Id { get; set; } = "";

    protected override IEnumerable<string> Needs => [Scopes.KeysManage];

    private string State => KeyState.Of(_key!, Clock.GetUtcNow());

    protected override async Task ReadAsync()
    {
        _key = KeyId.TryParse(Id, out var id) ? await Door.GetKeyAsync(Who, id) : null;
        if (_key is not null)
            _secret = Secrets.Take(Http, Who, _key.Id);
    }

    private async Task RotateAsync()
    {
        if (_key is not { } key)
            return;
        var isNumber = long.TryParse(Http.Request.Form["overlap"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds);
        if (!isNumber || seconds is not (0 or 3_600 or 86_400))
        {
            Refuse("Choose when the old secret ends.");
            return;
        }
        if (await DoAsync(() => Door.RotateKeyAsync(Http, key.Id, TimeSpan.FromSeconds(seconds))) is not { } made)
            return;
        Secrets.Keep(Http, Who, made);
        Navigation.NavigateTo(SecretOnce.PathOf(key.Id));
    }

    private async Task RevokeAsync()
    {
        if (_key is not { } key)
            return;
        if (!Confirmation.Is(Http.Request.Form["confirm"], key.Name))
            Refuse("The key is not revoked: what was typed is not its name.");
        else if (await DoAsync(() => Door.RevokeKeyAsync(Http, key.Id)) is not null)
            Navigation.NavigateTo(SecretOnce.PathOf(key.Id));
    }

    private string ListOf(ApiKeySnapshot key) => key.OrganizationId == Who.Organization
        ? "/ui/admin/keys"
        : $"/ui/admin/keys?organization={Uri.EscapeDataString(key.OrganizationId)}";
}
