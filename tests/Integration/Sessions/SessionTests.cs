using JobTracker.Keys;
using JobTracker.Tests.Integration.Gateway;
using JobTracker.Tests.Integration.Gateway.Keys;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Sessions;

/// <summary>Signing in at the pages with a key: what lets in, for how long, and where.</summary>
public sealed class SessionTests(SessionHost host) : IClassFixture<SessionHost>
{
    private const string Session = "jobtracker-session";

    [Theory]
    [InlineData("/ui/jobs?status=running", "/ui/login?return=%2Fui%2Fjobs%3Fstatus%3Drunning")]
    [InlineData("/ui/jobs?tag=%C3%BC", "/ui/login?return=%2Fui%2Fjobs%3Ftag%3D%25C3%25BC")]
    [InlineData("/ui/", "/ui/login?return=%2Fui%2F")]
    public async Task Nobody_is_led_to_the_form_and_from_there_back(string path, string login)
    {
        using var browser = host.NewBrowser();
        await browser.ReadyAsync();

        var page = await browser.GetAsync(path);

        Assert.Equal((302, login), (page.Status, page.Location));
    }

    [Fact]
    public async Task A_key_opens_a_session_in_a_cookie_that_no_script_reads_and_that_does_not_show_it()
    {
        using var browser = host.NewBrowser();
        var (_, key) = await host.NewKeyAsync();

        var page = await browser.SignInAsync(key, "/ui/jobs?status=running");

        Assert.Equal((303, "/ui/jobs?status=running"), (page.Status, page.Location));
        var cookie = page.Cookie(Session)!;
        Assert.EndsWith("; path=/; samesite=lax; httponly", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain(key, cookie, StringComparison.Ordinal);
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Over_tls_the_cookies_are_of_this_host_alone()
    {
        using var browser = host.NewBrowser(("X-Forwarded-For", "198.51.100.7"), ("X-Forwarded-Proto", "https"));
        await browser.ReadyAsync();

        var form = await browser.GetAsync("/ui/login");

        Assert.EndsWith(
            "; path=/; secure; samesite=strict; httponly", form.Cookie("__Host-jobtracker-forgery")!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    [InlineData("https://elsewhere.example/ui/")]
    [InlineData("/v1/jobs")]
    public async Task A_form_leads_nowhere_but_to_a_page(string back)
    {
        using var browser = host.NewBrowser();
        var (_, key) = await host.NewKeyAsync();

        Assert.Equal("/ui/", (await browser.SignInAsync(key, back)).Location);
    }

    [Theory]
    [InlineData("jtk_0123456789_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef4bloke")]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task A_wrong_key_opens_nothing_and_is_in_no_address(string key)
    {
        using var browser = host.NewBrowser();

        var page = await browser.SignInAsync(key);

        Assert.Equal((303, "/ui/login?error=refused&return=%2Fui%2Fjobs"), (page.Status, page.Location));
        Assert.Null(page.Cookie(Session));
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Wrong_keys_are_counted_and_beyond_the_budget_told_so_and_a_right_one_still_opens()
    {
        await using var own = new GatewayHost([
            .. KeysGateway.Settings.Where(setting => setting.Key != "Limits:RefusalsBurst"),
            ("Limits:RefusalsBurst", "2"), ("Limits:RefusalsPerSecond", "1"),
        ]);
        await own.InitializeAsync();
        var keys = new KeysGateway(own);
        var (_, key) = await keys.NewKeyAsync(await keys.NewOrganizationAsync(), "user-1", "jobs:read");
        using var browser = new Browser(own.Address);

        string?[] tried = [await TryAsync("one"), await TryAsync("two"), await TryAsync("three")];

        Assert.Equal(["refused", "refused", "spent"], tried.Select(location => location!.Split('=', '&')[1]));
        Assert.Equal("/ui/jobs", await TryAsync(key));
        await Until.TrueAsync(async () =>
            (await keys.Admin.GetAsync("/v1/audit-events?unattributed=true&action=credential.refused")).Ok().Body.EnumerateArray()
                .Sum(told => told.GetProperty("count").GetInt32()) == 3);

        async Task<string?> TryAsync(string text) => (await browser.SignInAsync(text)).Location;
    }

    [Fact]
    public async Task A_key_that_cannot_be_checked_now_is_not_called_wrong()
    {
        await using var own = new GatewayHost(KeysGateway.Settings);
        await own.InitializeAsync();
        using var browser = new Browser(own.Address);
        await browser.ReadyAsync();
        await own.QueryAsync("alter table orleans_grain_storage rename to elsewhere");

        var page = await browser.SignInAsync(ApiKey.New().Text);

        Assert.Equal((303, "/ui/login?error=unavailable&return=%2Fui%2Fjobs"), (page.Status, page.Location));
        await own.QueryAsync("alter table elsewhere rename to orleans_grain_storage");
    }

    [Fact]
    public async Task Where_nobody_signs_in_the_pages_are_the_development_callers()
    {
        await using var own = new GatewayHost(("Auth:Mode", "none"));
        await own.InitializeAsync();
        using var browser = new Browser(own.Address);
        await browser.ReadyAsync();

        Assert.True(await browser.IsSignedInAsync());
        Assert.Equal("/ui/", (await browser.PostAsync("/ui/login", ("key", "whatever"))).Location);
        Assert.Equal(403, (await browser.GetAsync("/_blazor", ("Origin", "http://elsewhere.example"))).Status);
        Assert.NotEqual(403, (await browser.GetAsync("/_blazor", ("Origin", own.Address))).Status);
    }

    [Fact]
    public async Task A_form_that_was_not_given_to_this_browser_opens_nothing()
    {
        using var browser = host.NewBrowser();
        using var other = host.NewBrowser();
        host.Gateway.Log.Expect("Microsoft.AspNetCore.Antiforgery", "forms that are foreign on purpose; by default nobody is told");
        var (_, key) = await host.NewKeyAsync();
        var foreign = await other.TokenAsync("/ui/login");

        foreach (var token in new[] { foreign, "nonsense", "" })
        {
            var page = await browser.PostAsync("/ui/login", ("key", key), ("__RequestVerificationToken", token));
            Assert.Equal((303, "/ui/login?error=again&return=%2Fui%2F"), (page.Status, page.Location));
        }
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task A_revoked_key_ends_its_session_within_ten_seconds()
    {
        using var browser = host.NewBrowser();
        var (id, key) = await host.NewKeyAsync();
        await browser.SignInAsync(key);
        Assert.True(await browser.IsSignedInAsync());

        (await host.Keys.Admin.DeleteAsync($"/v1/keys/{id}")).Ok();
        var began = TimeProvider.System.GetTimestamp();
        Page page = null!;
        await Until.TrueAsync(async () => (page = await browser.GetAsync("/ui/jobs")).Status == 302);

        Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(10));
        Assert.Equal("/ui/login?error=ended&return=%2Fui%2Fjobs", page.Location);
        Assert.DoesNotContain(Session, browser.Cookies);
    }

    [Fact]
    public async Task A_session_opens_the_pages_and_nothing_of_the_api()
    {
        using var browser = host.NewBrowser();
        var (_, key) = await host.NewKeyAsync();
        await browser.SignInAsync(key);

        Assert.Equal(
            [401, 401], new[] { await browser.GetAsync("/v1/jobs"), await browser.GetAsync("/v1/whoami") }.Select(page => page.Status));
        Assert.Equal(302, (await host.NewBrowser().GetAsync("/ui/jobs", ("Authorization", $"Bearer {key}"))).Status);
    }

    [Fact]
    public async Task Who_signs_out_is_signed_out_and_no_foreign_form_does_it_for_him()
    {
        using var browser = host.NewBrowser();
        var (_, key) = await host.NewKeyAsync();
        host.Gateway.Log.Expect("Microsoft.AspNetCore.Antiforgery", "a form that is foreign on purpose; by default nobody is told");
        await browser.SignInAsync(key);

        var foreign = await browser.PostAsync("/ui/logout");
        Assert.Equal((403, true), (foreign.Status, await browser.IsSignedInAsync()));
        var page = await browser.PostAsync(
            "/ui/logout", ("__RequestVerificationToken", await browser.TokenAsync("/ui/settings-of-nobody")));

        Assert.Equal((303, "/ui/login", false), (page.Status, page.Location, await browser.IsSignedInAsync()));
        Assert.Equal("/ui/login", (await browser.PostAsync("/ui/logout")).Location);
    }

    [Theory]
    [InlineData(null, "websocket", 403)]
    [InlineData("http://elsewhere.example", null, 403)]
    [InlineData("null", "websocket", 403)]
    [InlineData("own", null, 401)]
    public async Task A_socket_is_for_pages_of_this_host_and_for_those_who_are_signed_in(string? origin, string? upgrade, int status)
    {
        using var browser = host.NewBrowser();
        await browser.ReadyAsync();
        List<(string, string)> headers = [];
        if (origin is not null)
            headers.Add(("Origin", origin == "own" ? host.Gateway.Address : origin));
        if (upgrade is not null)
            headers.AddRange([("Upgrade", upgrade), ("Connection", "Upgrade")]);

        Assert.Equal(status, (await browser.GetAsync("/_blazor", [.. headers])).Status);
    }
}
