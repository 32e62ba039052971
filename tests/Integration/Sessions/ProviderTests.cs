using JobTracker.Gateway.Sessions;
using JobTracker.Tests.Integration.Gateway;
using JobTracker.Tests.Integration.Gateway.Keys;
using JobTracker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Tests.Integration.Sessions;

/// <summary>Signing in at an OpenID Connect provider, which is really asked.</summary>
public sealed class ProviderTests : IAsyncLifetime
{
    private const string Session = "jobtracker-session";

    private readonly LoginProvider _provider = new();
    private GatewayHost _host = null!;
    private Browser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _host = new GatewayHost([
            .. KeysGateway.Settings, ("Auth:Oidc:Authority", _provider.Issuer), ("Auth:Oidc:ClientId", LoginProvider.Client),
            ("Auth:Oidc:ClientSecret", LoginProvider.Secret),
        ]);
        await _host.InitializeAsync();
        _browser = new Browser(_host.Address);
        await _browser.ReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _host.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Whom_the_provider_names_is_signed_in_and_comes_back_to_where_he_was()
    {
        await _provider.StartAsync();

        var (asked, page) = await SignInAsync("/ui/jobs?status=running");

        // The default of a code's answer is the query; a form of another site would come without the cookies of the attempt.
        Assert.DoesNotContain("form_post", asked, StringComparison.Ordinal);
        Assert.Contains("code_challenge_method=S256", asked, StringComparison.Ordinal);
        Assert.Equal((302, "/ui/jobs?status=running"), (page.Status, page.Location));
        Assert.EndsWith("; path=/; samesite=lax; httponly", page.Cookie(Session)!, StringComparison.Ordinal);
        Assert.True(await _browser.IsSignedInAsync());
        Assert.Equal(401, (await _browser.GetAsync("/v1/jobs")).Status);
        Assert.True(_host.Services.GetRequiredService<ISessionFacts>().HasProvider);
        // The provider is asked once, and what it gave is good in the cookie alone.
        Assert.Equal([Session], _browser.Cookies.Where(name => !name.Contains("forgery", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_cookies_of_one_attempt_are_for_the_address_of_its_end()
    {
        await _provider.StartAsync();

        var start = await _browser.GetAsync("/ui/login/oidc");

        Assert.Equal(2, start.SetCookies.Length);
        Assert.All(start.SetCookies, cookie => Assert.Matches("^jobtracker-oidc-.*; path=/ui/login/callback; samesite=lax; httponly$", cookie));
    }

    [Fact]
    public async Task A_session_of_the_provider_ends_with_its_organization()
    {
        await _provider.StartAsync();
        await SignInAsync();
        Assert.True(await _browser.IsSignedInAsync());

        (await new KeysGateway(_host).Admin.PatchAsync("/v1/organizations/acme", """{"suspended":true}""")).Ok();

        await Until.TrueAsync(async () => !await _browser.IsSignedInAsync());
        Assert.Equal("/ui/login?error=oidc&return=%2Fui%2Fjobs", (await SignInAsync()).Page.Location);
    }

    [Theory]
    [InlineData("""{"org_id":null}""", "{}")]
    [InlineData("""{"org_id":["acme","other"]}""", "{}")]
    [InlineData("""{"sub":"another"}""", "{}")]
    [InlineData("""{"iss":"http://127.0.0.1:1"}""", "{}")]
    [InlineData("{}", """{"aud":"others"}""")]
    [InlineData("{}", """{"nonce":"another"}""")]
    [InlineData("{}", """{"exp":1}""")]
    public async Task Whom_the_provider_does_not_name_or_names_for_others_is_not_let_in(string access, string identity)
    {
        await _provider.StartAsync();
        ExpectRefusals();
        _provider.AccessChanges = access;
        _provider.IdentityChanges = identity == "{}"
            ? _provider.IdentityChanges
            : _provider.IdentityChanges[..^1] + "," + identity[1..];

        var (_, page) = await SignInAsync();

        Assert.Equal((303, "/ui/login?error=oidc&return=%2Fui%2Fjobs"), (page.Status, page.Location));
        Assert.Null(page.Cookie(Session));
    }

    [Fact]
    public async Task Who_does_not_agree_and_who_comes_by_himself_is_led_to_the_form()
    {
        await _provider.StartAsync();
        _provider.Error = "access_denied";
        ExpectRefusals();

        Assert.Equal("/ui/login?error=oidc&return=%2Fui%2Fjobs", (await SignInAsync()).Page.Location);
        foreach (var path in new[] { "/ui/login/callback", "/ui/login/callback?code=made-up&state=made-up" })
        {
            var page = await _browser.GetAsync(path);
            Assert.Equal((303, "/ui/login?error=oidc&return=%2Fui%2F"), (page.Status, page.Location));
        }
    }

    [Fact]
    public async Task A_code_is_of_the_browser_that_asked_for_it()
    {
        await _provider.StartAsync();
        var start = await _browser.GetAsync("/ui/login/oidc");
        var back = await _browser.GetAsync(start.Location!);
        using var other = new Browser(_host.Address);
        ExpectRefusals();

        var page = await other.GetAsync(back.Location!);

        Assert.Equal("/ui/login?error=oidc&return=%2Fui%2F", page.Location);
        Assert.Null(page.Cookie(Session));
    }

    [Fact]
    public async Task While_the_provider_is_away_the_form_says_so_and_keys_are_good()
    {
        var page = await _browser.GetAsync("/ui/login/oidc?return=/ui/jobs");
        Assert.Equal((303, "/ui/login?error=oidc&return=%2Fui%2Fjobs"), (page.Status, page.Location));
        var keys = new KeysGateway(_host);
        var (_, key) = await keys.NewKeyAsync(await keys.NewOrganizationAsync(), "user-1", "jobs:read");

        Assert.Equal("/ui/jobs", (await _browser.SignInAsync(key)).Location);
    }

    /// <summary>What the library says is not told by default: one line of ours does, without what the address brought.</summary>
    private void ExpectRefusals() => _host.Log.Expect("Microsoft.AspNetCore.Authentication.OpenIdConnect", "refused on purpose");

    /// <summary>There and back: what the provider was asked, and how it ended.</summary>
    private async Task<(string Asked, Page Page)> SignInAsync(string back = "/ui/jobs")
    {
        var start = await _browser.GetAsync($"/ui/login/oidc?return={Uri.EscapeDataString(back)}");
        Assert.StartsWith(_provider.Issuer, start.Location, StringComparison.Ordinal);
        var asked = await _browser.GetAsync(start.Location!);
        return (start.Location!, await _browser.GetAsync(asked.Location!));
    }
}
