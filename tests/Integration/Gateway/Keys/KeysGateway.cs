using System.Globalization;
using System.Text.Json;
using JobTracker.Keys;

namespace JobTracker.Tests.Integration.Gateway.Keys;

/// <summary>A gateway whose callers sign in with keys that were made over its own API, beginning with the bootstrap key.</summary>
/// <param name="host">Started with <see cref="Settings"/>.</param>
internal sealed class KeysGateway(GatewayHost host)
{
    /// <summary>All that one may do in his own organization.</summary>
    public static readonly string[] OwnScopes = [.. Scopes.All.Where(scope => scope != Scopes.Admin)];

    private static readonly ApiKey BootstrapKey = ApiKey.New();
    private static int _organizations;

    /// <summary>Refused credentials are of one address here, and many.</summary>
    public static (string Key, string Value)[] Settings =>
    [
        ("Auth:Mode", "keys"), ("Auth:BootstrapKey", BootstrapKey.Text),
        ("Limits:RefusalsBurst", "10000"),
    ];

    public GatewayHost Host => host;

    public ApiClient Admin => host.Holder(BootstrapKey.Text);

    /// <summary>An organization that no other test has.</summary>
    public async Task<string> NewOrganizationAsync()
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"org-k{Interlocked.Increment(ref _organizations)}");
        return (await Admin.PostAsync("/v1/organizations", $$"""{"id":"{{id}}"}""")).Created().Text("id");
    }

    /// <summary>A key that an admin makes: its id, and the whole of it.</summary>
    public async Task<(string Id, string Text)> NewKeyAsync(string organization, string user, params IEnumerable<string> scopes)
    {
        var made = (await Admin.PostAsync("/v1/keys", Body("a key", scopes, organization, user))).Created();
        return (made.Text("id"), made.Text("secret"));
    }

    /// <summary>A caller with all scopes of an organization of his own.</summary>
    public async Task<(string Organization, string KeyId, ApiClient Api)> NewTenantAsync(string user = "user-1")
    {
        var organization = await NewOrganizationAsync();
        var (id, text) = await NewKeyAsync(organization, user, OwnScopes);
        return (organization, id, host.Holder(text));
    }

    public static string Body(string name, IEnumerable<string> scopes, string? organization = null, string? user = null) =>
        JsonSerializer.Serialize(new { name, scopes, organization_id = organization, user_id = user });
}
