using System.Net;
using System.Text.RegularExpressions;

namespace JobTracker.Tests.Integration.Gateway.Admin;

/// <summary>The pages below /ui/admin, as a browser without scripts sees them.</summary>
public sealed partial class AdminPagesTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private const string Keys = "/ui/admin/keys";

    [Fact]
    public async Task A_new_keys_secret_is_shown_once_and_stands_in_no_address()
    {
        using var pages = await PagesOfAsync("org-once", "keys:manage jobs:read");
        var (status, to, _) = await pages.PostAsync(Keys, "create-key", ("name", "worker"), ("scopes", "jobs:read"), ("lives", "30"));

        Assert.Equal(302, status);
        Assert.Matches("^/ui/admin/keys/key-[0-9A-Za-z]{10}$", to);
        var shown = Secret().Match((await pages.GetAsync(to!)).Text).Value;
        Assert.True(JobTracker.Keys.ApiKey.TryParse(shown, out var key));
        Assert.EndsWith(key.Id.ToString(), to, StringComparison.Ordinal);
        var (again, text) = await pages.GetAsync(to!);
        Assert.Equal(200, again);
        Assert.DoesNotContain("jtk_", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rotated_key_has_another_secret_and_a_revoked_one_stays_so()
    {
        using var pages = await PagesOfAsync("org-rotates", "keys:manage jobs:read");
        var (_, to, _) = await pages.PostAsync(Keys, "create-key", ("name", "w <b>"), ("scopes", "jobs:read"), ("lives", "30"));
        var first = Secret().Match((await pages.GetAsync(to!)).Text).Value;

        Assert.Equal(to, (await pages.PostAsync(to!, "rotate-key", ("overlap", "3600"))).To);
        var second = Secret().Match((await pages.GetAsync(to!)).Text).Value;
        Assert.NotEmpty(second);
        Assert.NotEqual(first, second);
        Assert.Equal(400, (await pages.PostAsync(to!, "rotate-key", ("overlap", "7"))).Status);
        Assert.Equal(400, (await pages.PostAsync(to!, "revoke-key", ("confirm", "w"))).Status);
        Assert.Equal(to, (await pages.PostAsync(to!, "revoke-key", ("confirm", "w <b>"))).To);
        var (_, text) = await pages.GetAsync(to!);
        Assert.Contains("revoked", text, StringComparison.Ordinal);
        Assert.DoesNotContain("rotate-key", text, StringComparison.Ordinal);
        Assert.DoesNotContain("w <b>", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_pages_do_stands_in_the_audit_trail_as_what_the_API_does()
    {
        using var pages = await PagesOfAsync("org-audited", "keys:manage jobs:read audit:read");
        var (_, to, _) = await pages.PostAsync(Keys, "create-key", ("name", "worker"), ("scopes", "jobs:read"), ("lives", "30"));
        await pages.PostAsync(to!, "revoke-key", ("confirm", "worker"));

        var events = (await host.Caller("org-audited", "reader", "audit:read").GetAsync("/v1/audit-events")).Body.EnumerateArray()
            .Select(said => $"{said.GetProperty("action")} {said.GetProperty("outcome")} by {said.GetProperty("actor")}");
        Assert.Equal(["key.revoke succeeded by somebody", "key.create succeeded by somebody"], events);
        var (_, shown) = await pages.GetAsync("/ui/admin/audit?action=key.revoke&since=24h");
        Assert.Contains($"href=\"{to}\"", shown, StringComparison.Ordinal);
        Assert.Contains("key.revoke", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_grants_what_he_has_not_and_what_was_typed_stays()
    {
        using var pages = await PagesOfAsync("org-grants", "keys:manage");
        var (status, to, text) = await pages.PostAsync(
            Keys, "create-key", ("name", "more"), ("scopes", "admin"), ("scopes", "keys:manage"), ("lives", "never"));

        Assert.Equal((422, null), (status, to));
        Assert.Contains("only admins make keys that never expire", text, StringComparison.Ordinal);
        Assert.Contains("value=\"more\"", text, StringComparison.Ordinal);
        Assert.Equal(403, (await pages.PostAsync(Keys, "create-key", ("name", "more"), ("scopes", "admin"))).Status);
    }

    [Theory]
    [InlineData("/ui/admin/keys?organization=org-else", 403)]
    [InlineData("/ui/admin/audit?organization=org-else", 403)]
    [InlineData("/ui/admin/audit?unattributed=true", 403)]
    [InlineData("/ui/admin/organizations", 403)]
    [InlineData("/ui/admin/organizations/org-else", 403)]
    [InlineData("/ui/admin/cluster", 403)]
    [InlineData("/ui/admin/keys/key-0123456789", 404)]
    [InlineData("/ui/admin/keys/nonsense", 404)]
    public async Task Who_is_no_admin_sees_his_own_organization_alone(string path, int status)
    {
        using var pages = Pages("org-own", "keys:manage audit:read");

        Assert.Equal(status, (await pages.GetAsync(path)).Status);
    }

    [Fact]
    public async Task Another_organizations_key_is_not_there()
    {
        using var pages = await PagesOfAsync("org-a", "keys:manage jobs:read");
        using var others = Pages("org-b", "keys:manage jobs:read");
        using var admin = Pages("org-c", "admin");
        var (_, to, _) = await pages.PostAsync(Keys, "create-key", ("name", "worker"), ("scopes", "jobs:read"), ("lives", "30"));

        Assert.Equal(404, (await others.GetAsync(to!)).Status);
        Assert.Equal(200, (await admin.GetAsync(to!)).Status);
        Assert.Contains(to!, (await admin.GetAsync($"{Keys}?organization=org-a")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_organization_is_made_changed_suspended_by_its_typed_id_and_resumed()
    {
        using var pages = Pages("org-admins", "admin");
        var (status, to, _) = await pages.PostAsync("/ui/admin/organizations", "create-organization", ("id", "made-here"), ("name", "Made"));

        Assert.Equal((302, "/ui/admin/organizations/made-here"), (status, to));
        Assert.Equal(409, (await pages.PostAsync("/ui/admin/organizations", "create-organization", ("id", "made-here"), ("name", ""))).Status);
        Assert.Equal(422, (await pages.PostAsync(to!, "change-organization", ("name", "Made"), ("burst", "many"))).Status);
        Assert.Equal(to, (await pages.PostAsync(to!, "change-organization", ("name", "Renamed"), ("burst", "70"), ("waits", ""))).To);
        Assert.Equal(400, (await pages.PostAsync(to!, "suspend-organization", ("confirm", "made"))).Status);
        Assert.Equal(to, (await pages.PostAsync(to!, "suspend-organization", ("confirm", "made-here"))).To);
        var read = host.Caller("org-admins", "somebody", "admin");
        var suspended = (await read.GetAsync("/v1/organizations/made-here")).Body;
        Assert.True(suspended.GetProperty("suspended").GetBoolean());
        Assert.Equal("Renamed", suspended.GetProperty("name").GetString());
        Assert.Equal(70, suspended.GetProperty("limits").GetProperty("burst").GetInt32());
        Assert.Equal(to, (await pages.PostAsync(to!, "resume-organization")).To);
        Assert.False((await read.GetAsync("/v1/organizations/made-here")).Body.GetProperty("suspended").GetBoolean());
        Assert.Equal(404, (await pages.GetAsync("/ui/admin/organizations/none")).Status);
    }

    [Fact]
    public async Task The_cluster_page_tells_of_every_silo_the_sweeper_and_the_poller_without_a_script()
    {
        using var pages = Pages("org-engineers", "admin");
        var (status, page) = await pages.GetAsync("/ui/admin/cluster");
        var text = WebUtility.HtmlDecode(Tags().Replace(page, " "));

        Assert.Equal(200, status);
        Assert.Contains(" active", text, StringComparison.Ordinal);
        Assert.Contains(" MiB of ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("no answer", text, StringComparison.Ordinal);
        Assert.DoesNotContain("did not answer", text, StringComparison.Ordinal);
        Assert.DoesNotContain("/orleans", page, StringComparison.Ordinal);
    }

    private PageForms Pages(string organization, string scopes) => new(host, organization, scopes);

    /// <summary>Of an organization that there is.</summary>
    private async Task<PageForms> PagesOfAsync(string organization, string scopes)
    {
        var made = await host.Caller("org-makers", "maker", "admin")
            .PostAsync("/v1/organizations", $$"""{"id": "{{organization}}"}""");
        Assert.Equal(201, made.Status);
        return Pages(organization, scopes);
    }

    [GeneratedRegex("jtk_[0-9A-Za-z]{10}_[0-9A-Za-z]{38}", RegexOptions.None, 1000)]
    private static partial Regex Secret();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tags();
}
