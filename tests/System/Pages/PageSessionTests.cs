using System.Net;
using JobTracker.Tests.Processes.Keys;
using Microsoft.Playwright;

namespace JobTracker.Tests.Processes.Pages;

/// <summary>With <c>Auth:Mode keys</c>: whoever signs in sees his organization alone, for as long as his key is good.</summary>
[Collection("processes")]
public sealed class PageSessionTests(PageSite site) : IAsyncLifetime
{
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(10);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jobtracker-session-");
    private readonly string _admin = JobTracker.Keys.ApiKey.New().Text;
    private ServerProcess _silo = null!;

    public async ValueTask InitializeAsync() => _silo = await SiloProcess.StartEmbeddedAsync(
        Path.Combine(_folder.FullName, "jobs.db"), "--Auth:Mode=keys", $"--Auth:BootstrapKey={_admin}");

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Another_organizations_job_is_not_there_and_a_revoked_key_ends_its_session_within_ten_seconds()
    {
        using var admin = new KeyApi(_silo.Address, _admin);
        using var api = new PageApi(_silo.Address, _admin);
        await api.PostAsync("/v1/organizations", new { id = "other" });
        var foreign = await api.PostAsync("/v1/keys", new { name = "foreign", scopes = new[] { "jobs:read", "jobs:write" }, organization_id = "other", user_id = "u" });
        using var other = new PageApi(_silo.Address, foreign.GetProperty("secret").GetString());
        var theirs = await other.CreateAsync(new { job_type = "theirs" });
        var ours = await api.CreateAsync(new { job_type = "ours" });
        var (id, key) = await admin.CreateKeyAsync("jobs:read", "jobs:write");

        await using var page = await WatchedPage.OpenAsync(await site.BrowserAsync(), _silo.Address, $"/ui/jobs/{ours}");
        Assert.Contains("/ui/login", page.Page.Url, StringComparison.Ordinal);
        await SignInAsync(page, key);
        await page.Page.WaitForURLAsync($"**/ui/jobs/{ours}");
        await page.UntilLiveAsync();
        Assert.Equal(404, (await page.GoAsync($"/ui/jobs/{theirs}"))!.Status);
        Assert.DoesNotContain("theirs", await page.Page.ContentAsync(), StringComparison.Ordinal);
        await page.GoAsync($"/ui/jobs/{ours}");
        await page.UntilLiveAsync();
        Assert.DoesNotContain(key, await page.Page.ContentAsync(), StringComparison.Ordinal);

        var began = TimeProvider.System.GetTimestamp();
        await admin.RevokeAsync(id);
        await page.Page.WaitForURLAsync("**/ui/login**");
        Assert.True(TimeProvider.System.GetElapsedTime(began) < Promise);
        await page.GoAsync($"/ui/jobs/{ours}");
        Assert.Contains("/ui/login", page.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_keys_secret_is_shown_once_and_gone_after_a_reload()
    {
        await using var page = await WatchedPage.OpenAsync(await site.BrowserAsync(), _silo.Address, "/ui/admin/keys");
        await SignInAsync(page, _admin);
        await page.Page.WaitForURLAsync("**/ui/admin/keys");
        await page.Page.Locator("input[name$=name i]").First.FillAsync("from a page");
        await page.Page.Locator("input[type=checkbox][value='jobs:read']").First.CheckAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Create" }).First.ClickAsync();
        await page.UntilTextAsync("main", "jtk_");
        var secret = await page.Page.Locator("[data-copy^='jtk_']").First.GetAttributeAsync("data-copy");
        using var made = new KeyApi(_silo.Address, secret!);
        Assert.Equal(HttpStatusCode.OK, await made.StatusAsync());
        await page.Page.ReloadAsync();
        Assert.DoesNotContain("jtk_", await page.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(secret!, await page.Page.ContentAsync(), StringComparison.Ordinal);
        await page.UntilTextAsync("main", "from a page");
    }

    [Fact]
    public async Task The_session_opens_nothing_but_pages_and_a_foreign_page_opens_no_socket()
    {
        await using var page = await WatchedPage.OpenAsync(await site.BrowserAsync(), _silo.Address, "/ui/");
        await SignInAsync(page, _admin);
        await page.Page.WaitForURLAsync("**/ui/");
        var answer = await page.Page.Context.APIRequest.GetAsync(new Uri(_silo.Address, "/v1/jobs").AbsoluteUri);
        Assert.Equal(401, answer.Status);
        foreach (var origin in (string[])["http://evil.example", "null"])
        {
            using var http = new HttpClient();
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_silo.Address, "/_blazor"));
            request.Headers.Add("Origin", origin);
            request.Headers.Add("Upgrade", "websocket");
            request.Headers.Connection.Add("Upgrade");
            using var refused = await http.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }
    }

    private static async Task SignInAsync(WatchedPage page, string key)
    {
        await page.Page.Locator("input[name=key]").FillAsync(key);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).First.ClickAsync();
    }
}
