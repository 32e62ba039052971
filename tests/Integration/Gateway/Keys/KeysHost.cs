using JobTracker.Keys;

namespace JobTracker.Tests.Integration.Gateway.Keys;

/// <summary>
/// A gateway where one signs in with keys: two organizations with a key of all their scopes each, and keys that are none any more.
/// </summary>
public sealed class KeysHost : IAsyncLifetime
{
    internal const string EveryScope =
        """["jobs:read","jobs:write","batches:read","batches:write","callbacks:manage","keys:manage","audit:read"]""";

    internal static readonly string Bootstrap = ApiKey.New().Text;

    internal GatewayHost Gateway { get; } = new(
        ("Auth:Mode", "keys"), ("Auth:BootstrapKey", Bootstrap), ("Limits:RefusalsBurst", "100000"), ("Limits:Burst", "1000000"),
        ("Limits:Keys", "40"));

    internal ApiClient Root => With(Bootstrap);

    internal string OfA { get; private set; } = "";
    internal string OfB { get; private set; } = "";
    internal string Expired { get; private set; } = "";
    internal string Revoked { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await Gateway.InitializeAsync();
        await OrganizationAsync("org-a");
        await OrganizationAsync("org-b");
        OfA = await KeyAsync("org-a", EveryScope);
        OfB = await KeyAsync("org-b", EveryScope);
        var expired = await MakeAsync("org-a", EveryScope, TimeProvider.System.GetUtcNow().AddSeconds(2));
        var revoked = await MakeAsync("org-a", EveryScope);
        (Expired, Revoked) = (expired.Text("secret"), revoked.Text("secret"));
        (await Root.DeleteAsync($"/v1/keys/{revoked.Text("id")}")).Ok();
        await RefusedSoonAsync(Expired);
    }

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();

    internal ApiClient With(string credential) => new(Gateway.Address, ("Authorization", $"Bearer {credential}"));

    /// <summary>Within the seconds for which an answer about it may be remembered, and the two that the expiring one has.</summary>
    internal async Task RefusedSoonAsync(string credential)
    {
        var began = TimeProvider.System.GetTimestamp();
        while ((await With(credential).GetAsync("/v1/whoami")).Status != 401)
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(6));
    }

    internal async Task OrganizationAsync(string id) => (await Root.PostAsync("/v1/organizations", $$"""{"id":"{{id}}"}""")).Created();

    internal async Task<string> KeyAsync(string organization, string scopes) => (await MakeAsync(organization, scopes)).Text("secret");

    internal async Task<Answer> MakeAsync(string organization, string scopes, DateTimeOffset? expiresAt = null)
    {
        var end = expiresAt is { } moment ? $",\"expires_at\":\"{moment:O}\"" : "";
        return (await Root.PostAsync(
            "/v1/keys", $$"""{"name":"k","organization_id":"{{organization}}","user_id":"u","scopes":{{scopes}}{{end}}}""")).Created();
    }
}
