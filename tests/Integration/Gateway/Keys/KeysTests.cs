using JobTracker.Keys;

namespace JobTracker.Tests.Integration.Gateway.Keys;

/// <summary>Keys over HTTP: made, shown once, used, renewed and ended.</summary>
public sealed class KeysTests(KeysHost host) : IClassFixture<KeysHost>
{
    private KeysGateway Keys => host.Keys;

    [Fact]
    public async Task A_new_key_is_shown_once_and_tells_who_calls_with_it()
    {
        var (organization, _, api) = await Keys.NewTenantAsync();
        var made = (await api.PostAsync("/v1/keys", KeysGateway.Body("ci", [Scopes.JobsRead]))).Created();

        Assert.Equal("no-store", made.Header("Cache-Control"));
        Assert.Equal($"/v1/keys/{made.Text("id")}", made.Header("Location"));
        Assert.True(ApiKey.TryParse(made.Text("secret"), out var key));
        Assert.Equal(made.Text("id"), key.Id.ToString());
        Assert.False((await api.GetAsync($"/v1/keys/{made.Text("id")}")).Ok().Body.TryGetProperty("secret", out _));
        var who = (await host.Gateway.Holder(made.Text("secret")).GetAsync("/v1/whoami")).Ok();
        Assert.Equal((organization, "user-1", made.Text("id")), (who.Text("organization_id"), who.Text("user_id"), who.Text("key_id")));
        Assert.Equal(["jobs:read"], who.Body.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
    }

    [Fact]
    public async Task Keys_are_listed_in_the_order_of_their_making_page_by_page()
    {
        var (_, first, api) = await Keys.NewTenantAsync();
        var second = (await api.PostAsync("/v1/keys", KeysGateway.Body("b", [Scopes.JobsRead]))).Created().Text("id");
        var third = (await api.PostAsync("/v1/keys", KeysGateway.Body("c", [Scopes.JobsRead]))).Created().Text("id");

        var page = (await api.GetAsync("/v1/keys?limit=2")).Ok();
        Assert.Equal([first, second], page.Ids);
        Assert.Equal([third], (await api.GetAsync(page.Link("next")!)).Ok().Ids);
        Assert.Empty((await api.GetAsync($"/v1/keys?after={third}")).Ok().Ids);
    }

    [Fact]
    public async Task A_rotated_secret_works_on_for_the_overlap_and_a_second_rotation_ends_the_oldest()
    {
        var (_, _, api) = await Keys.NewTenantAsync();
        var made = (await api.PostAsync("/v1/keys", KeysGateway.Body("r", [Scopes.JobsRead]))).Created();
        var path = $"/v1/keys/{made.Text("id")}/rotate";
        var second = (await api.PostAsync(path, null)).Ok();
        Assert.Equal("no-store", second.Header("Cache-Control"));
        Assert.Equal([200, 200], [await StatusAsync(made.Text("secret")), await StatusAsync(second.Text("secret"))]);

        var third = (await api.PostAsync(path, """{"overlap_seconds":604800}""")).Ok();
        await host.PassAsync();
        Assert.Equal([401, 200, 200],
            [await StatusAsync(made.Text("secret")), await StatusAsync(second.Text("secret")), await StatusAsync(third.Text("secret"))]);

        var last = (await api.PostAsync(path, """{"overlap_seconds":0}""")).Ok();
        await host.PassAsync();
        Assert.Equal([401, 401, 200],
            [await StatusAsync(second.Text("secret")), await StatusAsync(third.Text("secret")), await StatusAsync(last.Text("secret"))]);
    }

    [Fact]
    public async Task A_revoked_key_is_refused_and_revoking_it_again_changes_nothing()
    {
        var (_, _, api) = await Keys.NewTenantAsync();
        var made = (await api.PostAsync("/v1/keys", KeysGateway.Body("x", [Scopes.JobsRead]))).Created();
        Assert.Equal(200, await StatusAsync(made.Text("secret")));
        var revoked = (await api.DeleteAsync($"/v1/keys/{made.Text("id")}")).Ok();
        await host.PassAsync();

        Assert.Equal(401, await StatusAsync(made.Text("secret")));
        Assert.Equal(revoked.Text("revoked_at"), (await api.DeleteAsync($"/v1/keys/{made.Text("id")}")).Ok().Text("revoked_at"));
        Assert.Equal("409 key_has_ended", (await api.PostAsync($"/v1/keys/{made.Text("id")}/rotate", null)).Problem);
    }

    [Theory]
    [InlineData("""{"name":"n","scopes":["admin"]}""", "403 insufficient_scope")]
    [InlineData("""{"name":"n","scopes":["jobs:read"],"user_id":"another"}""", "403 insufficient_scope")]
    [InlineData("""{"name":"n","scopes":["jobs:read"],"organization_id":"another"}""", "403 insufficient_scope")]
    [InlineData("""{"name":"n","scopes":["jobs:read"],"expires_at":null}""", "422 invalid_body")]
    [InlineData("""{"name":"n","scopes":["jobs:read"],"expires_at":"2020-01-01T00:00:00Z"}""", "422 invalid_body")]
    [InlineData("""{"name":"n","scopes":["jobs:read"],"expires_at":"2126-01-01T00:00:00Z"}""", "422 invalid_body")]
    [InlineData("""{"name":"n","scopes":[]}""", "422 invalid_body")]
    [InlineData("""{"name":"n","scopes":["jobs:all"]}""", "422 invalid_body")]
    [InlineData("""{"name":"","scopes":["jobs:read"]}""", "422 invalid_body")]
    [InlineData("""{"scopes":["jobs:read"]}""", "422 invalid_body")]
    [InlineData("""{"name":"n","scopes":["jobs:read"],"more":1}""", "422 invalid_body")]
    public async Task Nobody_grants_more_than_he_has_nor_what_is_no_key(string body, string problem)
    {
        var (_, _, api) = await Keys.NewTenantAsync();

        Assert.Equal(problem, (await api.PostAsync("/v1/keys", body)).Problem);
    }

    [Fact]
    public async Task A_name_has_128_characters_at_most()
    {
        var (_, _, api) = await Keys.NewTenantAsync();

        (await api.PostAsync("/v1/keys", KeysGateway.Body(new string('n', 128), [Scopes.JobsRead]))).Created();
        Assert.Equal("422 invalid_body", (await api.PostAsync("/v1/keys", KeysGateway.Body(new string('n', 129), [Scopes.JobsRead]))).Problem);
    }

    [Fact]
    public async Task A_key_lasts_90_days_unless_told_and_never_longer_than_its_makers()
    {
        var (organization, _, api) = await Keys.NewTenantAsync();
        var now = host.Clock.GetUtcNow();
        var admins = (await Keys.Admin.PostAsync("/v1/keys", KeysGateway.Body("d", [Scopes.KeysManage], organization, "u"))).Created();
        Assert.InRange(admins.Body.GetProperty("expires_at").GetDateTimeOffset() - now, TimeSpan.FromDays(89.9), TimeSpan.FromDays(90.1));

        var soon = (await api.PostAsync("/v1/keys", Until("s", now.AddDays(1), Scopes.KeysManage, Scopes.JobsRead))).Created();
        var brief = host.Gateway.Holder(soon.Text("secret"));
        var own = soon.Body.GetProperty("expires_at").GetDateTimeOffset();
        Assert.Equal(own, (await brief.PostAsync("/v1/keys", KeysGateway.Body("t", [Scopes.JobsRead]))).Created()
            .Body.GetProperty("expires_at").GetDateTimeOffset());
        (await brief.PostAsync("/v1/keys", Until("u", own, Scopes.JobsRead))).Created();
        Assert.Equal("422 invalid_body", (await brief.PostAsync("/v1/keys", Until("v", own.AddSeconds(1), Scopes.JobsRead))).Problem);
    }

    [Fact]
    public async Task An_organization_has_so_many_keys_and_not_one_more()
    {
        var (_, _, api) = await Keys.NewTenantAsync();
        for (var made = 1; made < KeysHost.MostKeys; made++)
            (await api.PostAsync("/v1/keys", KeysGateway.Body("q", [Scopes.JobsRead]))).Created();

        Assert.Equal($"{ProblemOfTooMany}", (await api.PostAsync("/v1/keys", KeysGateway.Body("q", [Scopes.JobsRead]))).Problem);
    }

    private const string ProblemOfTooMany = "409 keys_quota";

    private static string Until(string name, DateTimeOffset moment, params string[] scopes) =>
        System.Text.Json.JsonSerializer.Serialize(new { name, scopes, expires_at = moment.UtcDateTime });

    private async Task<int> StatusAsync(string text) => (await host.Gateway.Holder(text).GetAsync("/v1/whoami")).Status;
}
