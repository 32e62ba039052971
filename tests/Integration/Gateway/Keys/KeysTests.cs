using System.Globalization;
using System.Text.Json;
using JobTracker.Keys;

namespace JobTracker.Tests.Integration.Gateway.Keys;

/// <summary>Keys as those have them who make, use and end them.</summary>
public sealed class KeysTests(KeysHost host) : IClassFixture<KeysHost>
{
    private readonly ApiClient _own = host.With(host.OfA);

    [Fact]
    public async Task A_key_is_shown_whole_once_and_lets_its_holder_do_what_it_says()
    {
        var made = await host.MakeAsync("org-b", """["jobs:write","jobs:read","jobs:read"]""");

        Assert.Matches("^jtk_[0-9A-Za-z]{10}_[0-9A-Za-z]{38}$", made.Text("secret"));
        Assert.Equal(("no-store", $"/v1/keys/{made.Text("id")}"), (made.Header("Cache-Control"), made.Header("Location")));
        var me = (await host.With(made.Text("secret")).GetAsync("/v1/whoami")).Ok();
        Assert.Equal(
            ("org-b", "u", """["jobs:read","jobs:write"]""", made.Text("id"), made.Text("expires_at")),
            (me.Text("organization_id"), me.Text("user_id"), me.Body.GetProperty("scopes").GetRawText(), me.Text("key_id"),
                me.Text("expires_at")));
        var shown = (await host.Root.GetAsync($"/v1/keys/{made.Text("id")}")).Ok();
        Assert.DoesNotContain("secret\"", shown.Raw);
        Assert.DoesNotContain(made.Text("secret")[15..], (await host.Root.GetAsync("/v1/keys?organization_id=org-b")).Ok().Raw);
        Assert.Equal("u", (await host.With(made.Text("secret")).PostAsync("/v1/jobs", "{}")).Created().Text("created_by_id"));
    }

    [Fact]
    public async Task When_it_was_used_last_is_known()
    {
        var made = await host.MakeAsync("org-b", """["jobs:read"]""");
        Assert.Equal(JsonValueKind.Null, made.Body.GetProperty("last_used_at").ValueKind);
        (await host.With(made.Text("secret")).GetAsync("/v1/whoami")).Ok();

        Answer shown;
        do
            shown = (await host.Root.GetAsync($"/v1/keys/{made.Text("id")}")).Ok();
        while (shown.Body.GetProperty("last_used_at").ValueKind == JsonValueKind.Null);
        var ago = TimeProvider.System.GetUtcNow() - shown.Body.GetProperty("last_used_at").GetDateTimeOffset();
        Assert.InRange(ago, TimeSpan.FromSeconds(-1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_rotation_keeps_the_secret_before_it_for_a_while_and_the_one_before_that_no_longer()
    {
        var made = await host.MakeAsync("org-b", """["jobs:read"]""");
        var path = $"/v1/keys/{made.Text("id")}/rotate";
        var second = (await host.Root.PostAsync(path, null)).Ok();
        Assert.Equal(("no-store", made.Text("expires_at")), (second.Header("Cache-Control"), second.Text("expires_at")));
        var overlap = second.Body.GetProperty("previous_secret_until").GetDateTimeOffset() - TimeProvider.System.GetUtcNow();
        Assert.InRange(overlap, TimeSpan.FromHours(23.9), TimeSpan.FromHours(24.1));
        await LetsIn(made.Text("secret"), second.Text("secret"));

        var third = (await host.Root.PostAsync(path, """{"overlap_seconds":604800}""")).Ok();
        await LetsIn(second.Text("secret"), third.Text("secret"));
        await host.RefusedSoonAsync(made.Text("secret"));

        var fourth = (await host.Root.PostAsync(path, """{"overlap_seconds":0}""")).Ok();
        Assert.Equal(JsonValueKind.Null, fourth.Body.GetProperty("previous_secret_until").ValueKind);
        await LetsIn(fourth.Text("secret"));
        await host.RefusedSoonAsync(third.Text("secret"));
        foreach (var wrong in (string[])["604801", "-1", "0.5", "\"1\""])
            Assert.Equal("422 invalid_body", (await host.Root.PostAsync(path, $$"""{"overlap_seconds":{{wrong}}}""")).Problem);
    }

    [Fact]
    public async Task A_revoked_key_ends_soon_and_for_good()
    {
        var made = await host.MakeAsync("org-b", """["jobs:read"]""");
        await LetsIn(made.Text("secret"));
        var revoked = (await host.Root.DeleteAsync($"/v1/keys/{made.Text("id")}")).Ok();

        await host.RefusedSoonAsync(made.Text("secret"));
        Assert.Equal(revoked.Raw.Length, (await host.Root.DeleteAsync($"/v1/keys/{made.Text("id")}")).Ok().Raw.Length);
        Assert.Equal("409 key_has_ended", (await host.Root.PostAsync($"/v1/keys/{made.Text("id")}/rotate", null)).Problem);
        Assert.Contains(made.Text("id"), (await host.Root.GetAsync("/v1/keys?organization_id=org-b&limit=1000")).Ok().Ids);
    }

    [Fact]
    public async Task An_open_stream_and_a_wait_end_with_the_key_that_opened_them()
    {
        var made = await host.MakeAsync("org-b", """["jobs:read","jobs:write"]""");
        var api = host.With(made.Text("secret"));
        var job = await api.CreateAsync();
        using var stream = await api.OpenAsync($"/v1/jobs/{job}/events");
        var waiting = api.GetAsync($"/v1/jobs/{job}?wait=30&after_version=1");
        (await host.Root.DeleteAsync($"/v1/keys/{made.Text("id")}")).Ok();

        Assert.Equal("401 invalid_token", (await waiting.WaitAsync(TimeSpan.FromSeconds(10))).Problem);
        await stream.Content.ReadAsStringAsync().WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Nobody_grants_more_than_he_has_nor_for_longer_nor_for_others()
    {
        var end = TimeProvider.System.GetUtcNow().AddDays(10);
        var manager = host.With((await host.MakeAsync("org-b", """["keys:manage","jobs:read"]""", end)).Text("secret"));

        Assert.Equal("403 insufficient_scope", (await Make(manager, """["jobs:write"]""")).Problem);
        Assert.Equal("403 insufficient_scope", (await Make(manager, """["admin"]""")).Problem);
        Assert.Equal("403 insufficient_scope", (await Make(manager, """["jobs:read"]""", "\"user_id\":\"another\"")).Problem);
        Assert.Equal("403 insufficient_scope", (await Make(manager, """["jobs:read"]""", "\"organization_id\":\"org-a\"")).Problem);
        Assert.Equal("422 invalid_body", (await Make(manager, """["jobs:read"]""", "\"expires_at\":null")).Problem);
        Assert.Equal("422 invalid_body", (await Make(manager, """["jobs:read"]""", $"\"expires_at\":\"{end.AddSeconds(1):O}\"")).Problem);
        var made = (await Make(manager, """["jobs:read"]""")).Created();
        Assert.True(made.Body.GetProperty("expires_at").GetDateTimeOffset() <= end);
        var wider = (await host.MakeAsync("org-b", """["jobs:write"]""")).Text("id");
        Assert.Equal("403 insufficient_scope", (await manager.PostAsync($"/v1/keys/{wider}/rotate", null)).Problem);
        Assert.Equal("403 insufficient_scope", (await manager.DeleteAsync($"/v1/keys/{wider}")).Problem);
        (await manager.DeleteAsync($"/v1/keys/{made.Text("id")}")).Ok();
    }

    [Fact]
    public async Task A_key_ends_in_90_days_unless_said_in_a_year_at_most_and_never_for_admins_alone()
    {
        var usual = (await Make(_own, """["jobs:read"]""")).Created().Body.GetProperty("expires_at").GetDateTimeOffset();
        Assert.InRange(usual - TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(89.9), TimeSpan.FromDays(90.1));
        foreach (var (days, status) in ((double, int)[])[(364.9, 201), (365.1, 422), (-0.1, 422)])
        {
            var moment = TimeProvider.System.GetUtcNow().AddDays(days).ToString("O", CultureInfo.InvariantCulture);
            Assert.Equal(status, (await Make(host.Root, """["jobs:read"]""", $"\"expires_at\":\"{moment}\"")).Status);
        }

        var eternal = (await Make(host.Root, """["jobs:read"]""", "\"expires_at\":null")).Created();
        Assert.Equal(JsonValueKind.Null, eternal.Body.GetProperty("expires_at").ValueKind);
    }

    [Theory]
    [InlineData("""{"name":"k"}""")]
    [InlineData("""{"scopes":["jobs:read"]}""")]
    [InlineData("""{"name":"k","scopes":[]}""")]
    [InlineData("""{"name":"k","scopes":["jobs"]}""")]
    [InlineData("""{"name":"k","scopes":"jobs:read"}""")]
    [InlineData("""{"name":"","scopes":["jobs:read"]}""")]
    [InlineData("""{"name":"k\u0000","scopes":["jobs:read"]}""")]
    [InlineData("""{"name":"k","scopes":["jobs:read"],"secret":"x"}""")]
    [InlineData("""{"name":"k","scopes":["jobs:read"],"organization_id":"org-nowhere"}""")]
    public async Task What_is_no_key_is_refused(string body) =>
        Assert.Equal("422 invalid_body", (await host.Root.PostAsync("/v1/keys", body)).Problem);

    [Fact]
    public async Task A_name_has_128_characters_and_not_one_more()
    {
        (await Named(128)).Created();
        Assert.Equal("422 invalid_body", (await Named(129)).Problem);

        Task<Answer> Named(int length) =>
            host.Root.PostAsync("/v1/keys", $$"""{"name":"{{new string('n', length)}}","scopes":["jobs:read"]}""");
    }

    [Fact]
    public async Task They_are_listed_in_the_order_in_which_they_were_made_page_by_page_up_to_their_quota()
    {
        await host.OrganizationAsync("org-many");
        var made = new List<string>();
        for (var i = 0; i < 40; i++)
            made.Add((await host.MakeAsync("org-many", """["jobs:read"]""")).Text("id"));

        var refused = await host.Root.PostAsync("/v1/keys", """{"name":"k","scopes":["jobs:read"],"organization_id":"org-many"}""");
        Assert.Equal(("409 keys_quota", "false"), (refused.Problem, refused.Header("x-should-retry")));
        var seen = new List<string>();
        for (var path = "/v1/keys?organization_id=org-many&limit=15"; path is not null;)
        {
            var page = (await host.Root.GetAsync(path)).Ok();
            seen.AddRange(page.Ids);
            path = page.Link("next");
        }

        Assert.Equal(made, seen);
        Assert.Equal("422 invalid_parameter", (await host.Root.GetAsync("/v1/keys?limit=1001")).Problem);
        Assert.Equal("422 invalid_parameter", (await host.Root.GetAsync("/v1/keys?after=nothing")).Problem);
        Assert.Equal("422 invalid_key_id", (await host.Root.GetAsync("/v1/keys/nothing")).Problem);
    }

    [Fact]
    public async Task The_bootstrap_key_is_admin_and_no_key_of_the_database()
    {
        var me = (await host.Root.GetAsync("/v1/whoami")).Ok();

        Assert.Equal(("org-default", "bootstrap"), (me.Text("organization_id"), me.Text("user_id")));
        Assert.True(ApiKey.TryParse(KeysHost.Bootstrap, out var key));
        Assert.Equal("404 key_not_found", (await host.Root.GetAsync($"/v1/keys/{key.Id}")).Problem);
    }

    private static Task<Answer> Make(ApiClient by, string scopes, string? more = null) =>
        by.PostAsync("/v1/keys", $$"""{"name":"k","scopes":{{scopes}}{{(more is null ? "" : "," + more)}}}""");

    private async Task LetsIn(params string[] credentials)
    {
        foreach (var credential in credentials)
            (await host.With(credential).GetAsync("/v1/whoami")).Ok();
    }
}
