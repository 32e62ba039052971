using JobTracker.Tests.Support;
using Microsoft.IdentityModel.Tokens;

namespace JobTracker.Tests.Integration.Gateway.Auth;

/// <summary>Tokens of an OpenID provider: whom a good one lets in, and that no other one does.</summary>
public sealed class JwtTests(JwtHost host) : IClassFixture<JwtHost>
{
    [Fact]
    public async Task A_good_token_lets_in_its_user_with_its_scopes()
    {
        var who = (await host.WhoamiAsync(new TokenText { ExpiresIn = TimeSpan.FromMinutes(5) })).Ok();

        Assert.Equal(
            """{"organization_id":"acme","user_id":"someone","scopes":["jobs:read","jobs:write"],"key_id":null,"expires_at":""",
            who.Raw[..who.Raw.LastIndexOf('"', who.Raw.Length - 3)]);
        var made = (await host.With(new TokenText()).PostAsync("/v1/jobs", "{}")).Created();
        Assert.Equal(("acme", "someone"), (made.Text("organization_id"), made.Text("created_by_id")));
        Assert.Equal("403 insufficient_scope", (await host.With(new TokenText()).GetAsync("/v1/keys")).Problem);
        Assert.NotNull(who.Header("RateLimit"));
    }

    [Theory]
    [InlineData("{\"aud\":\"others\"}")]
    [InlineData("{\"aud\":null}")]
    [InlineData("{\"iss\":\"http://127.0.0.1:1\"}")]
    [InlineData("{\"iss\":null}")]
    [InlineData("{\"exp\":null}")]
    [InlineData("{\"exp\":\"soon\"}")]
    [InlineData("{\"nbf\":4102444800}")]
    [InlineData("{\"org_id\":null}")]
    [InlineData("{\"org_id\":\"\"}")]
    [InlineData("{\"org_id\":\"a/b\"}")]
    [InlineData("{\"org_id\":\"a b\"}")]
    [InlineData("{\"org_id\":\"\\u00fc\"}")]
    [InlineData("{\"org_id\":\"\\u0000\"}")]
    [InlineData("{\"org_id\":[]}")]
    [InlineData("{\"org_id\":[\"acme\",\"other\"]}")]
    [InlineData("{\"sub\":null}")]
    [InlineData("{\"sub\":\"\"}")]
    [InlineData("{\"sub\":\"a\\u0000b\"}")]
    [InlineData("{\"sub\":[\"a\",\"b\"]}")]
    public Task A_token_that_says_something_else_is_refused(string changes) =>
        RefusedAsync(host.Provider.Sign(new TokenText { Changes = changes }));

    [Theory]
    [InlineData("JWT")]
    [InlineData("")]
    [InlineData("id+jwt")]
    public Task A_token_of_another_type_is_refused(string type) => RefusedAsync(host.Provider.Sign(new TokenText { Type = type }));

    [Fact]
    public async Task A_token_is_good_for_a_minute_longer_than_it_says_for_clocks_differ()
    {
        (await host.WhoamiAsync(new TokenText { ExpiresIn = TimeSpan.FromSeconds(-40) })).Ok();
        await RefusedAsync(host.Provider.Sign(new TokenText { ExpiresIn = TimeSpan.FromSeconds(-61) }));
    }

    [Fact]
    public async Task A_token_that_nobody_signed_or_that_was_signed_with_what_all_can_read_is_refused()
    {
        var good = host.Provider.Sign(new TokenText());
        var shared = new SymmetricSecurityKey(host.Provider.PublicKey) { KeyId = "first" };
        await using var stranger = TokenProvider.NewUnreachable();

        await RefusedAsync(host.Provider.Sign(new TokenText(), by: null));
        await RefusedAsync(good[..(good.LastIndexOf('.') + 1)]);
        await RefusedAsync(host.Provider.Sign(new TokenText(), new SigningCredentials(shared, SecurityAlgorithms.HmacSha256)));
        await RefusedAsync(stranger.Sign(new TokenText { Changes = $$"""{"iss":"{{host.Provider.Issuer}}"}""" }));
        await RefusedAsync(good[..^2] + (good[^2] == 'A' ? 'B' : 'A') + good[^1]);
        await RefusedAsync("a.b.c");
        await RefusedAsync("...");
    }

    [Theory]
    [InlineData("\"jobs:read audit:read\"", "jobs:read,audit:read")]
    [InlineData("[\"audit:read\",\"jobs:read\"]", "jobs:read,audit:read")]
    [InlineData("[\"jobs:read jobs:write\",\"audit:read\"]", "jobs:read,jobs:write,audit:read")]
    [InlineData("\"jobs:read  openid JOBS:WRITE jobs:*\"", "jobs:read")]
    [InlineData("\"jobs:read admin\"", "jobs:read")]
    [InlineData("\"\"", "")]
    [InlineData("7", "")]
    [InlineData("null", "")]
    public async Task Scopes_are_words_or_an_array_and_those_that_are_none_of_ours_are_passed_over(string scope, string held)
    {
        var who = (await host.WhoamiAsync(new TokenText { Changes = $$"""{"scope":{{scope}}}""" })).Ok();

        Assert.Equal(held, string.Join(',', who.Body.GetProperty("scopes").EnumerateArray()));
    }

    [Theory]
    [InlineData("never-seen")]
    [InlineData("ACME|7:x@y.example")]
    [InlineData("abcdef01")]
    [InlineData("*%'\"?#&{}")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("1")]
    [InlineData("{0}")]
    [InlineData("%7B0%7D")]
    public async Task An_organization_that_nobody_made_is_made_whatever_its_issuer_calls_it(string id)
    {
        var changes = System.Text.Json.JsonSerializer.Serialize(new { org_id = id });
        (await host.With(new TokenText { Changes = changes }).PostAsync("/v1/jobs", "{}")).Created();

        var made = (await host.Admin.GetAsync($"/v1/organizations/{Uri.EscapeDataString(id)}")).Ok();

        Assert.Equal((id, false), (made.Text("id"), made.Body.GetProperty("suspended").GetBoolean()));
        Assert.Single((await host.With(new TokenText { Changes = changes }).GetAsync("/v1/jobs")).Ok().Ids);
    }

    [Fact]
    public async Task Organizations_that_differ_in_case_or_read_as_one_number_are_two()
    {
        foreach (var (one, other) in new[] { ("Case", "case"), ("0a", "0A"), ("10", "0x10"), ("a-b", "a_b") })
        {
            (await host.With(Of(one)).PostAsync("/v1/jobs", "{}")).Created();
            Assert.Empty((await host.With(Of(other)).GetAsync("/v1/jobs")).Ok().Ids);
        }

        static TokenText Of(string id) => new() { Changes = System.Text.Json.JsonSerializer.Serialize(new { org_id = id }) };
    }

    [Fact]
    public async Task A_token_of_a_suspended_organization_is_refused_in_the_same_words()
    {
        var token = new TokenText { Changes = """{"org_id":"paused"}""" };
        (await host.Admin.PostAsync("/v1/organizations", """{"id":"paused"}""")).Created();
        (await host.Admin.PatchAsync("/v1/organizations/paused", """{"suspended":true}""")).Ok();
        await RefusedAsync(host.Provider.Sign(token));

        (await host.Admin.PatchAsync("/v1/organizations/paused", """{"suspended":false}""")).Ok();

        await Until.TrueAsync(async () => (await host.WhoamiAsync(token)).Status == 200);
    }

    [Fact]
    public async Task The_providers_next_key_counts_and_the_one_before_no_longer()
    {
        await using var own = new JwtHost(TokenProvider.NewUnreachable());
        await own.InitializeAsync();
        (await own.WhoamiAsync(new TokenText())).Ok();
        var before = own.Provider.Sign(new TokenText());

        own.Provider.Rotate();

        await Until.TrueAsync(async () => (await own.WhoamiAsync(new TokenText())).Status == 200);
        Assert.Equal("401 invalid_token", (await own.With(before).GetAsync("/v1/whoami")).Problem);
    }

    [Fact]
    public async Task While_the_provider_was_never_reached_nobody_is_let_in_and_told_to_come_back()
    {
        await using var own = new JwtHost(TokenProvider.NewUnreachable());
        await own.StartGatewayAsync();
        own.Gateway.Log.Expect("JobTracker.Gateway.Problems", "the provider is away");
        own.Gateway.Log.Expect("Microsoft.AspNetCore.Authentication.JwtBearer", "the provider is away");
        var away = await own.WhoamiAsync(new TokenText());
        var unsigned = await own.With(own.Provider.Sign(new TokenText(), by: null)).GetAsync("/v1/whoami");
        (await own.Admin.GetAsync("/v1/whoami")).Ok();

        await own.Provider.StartAsync();

        Assert.Equal(
            [(503, true), (503, true)], new[] { away, unsigned }.Select(told => (told.Status, told.Header("Retry-After") is not null)));
        (await own.WhoamiAsync(new TokenText())).Ok();
        Assert.Empty((await own.Admin.GetAsync("/v1/audit-events?action=credential.refused")).Ok().Body.EnumerateArray());
    }

    [Fact]
    public async Task Other_claims_types_and_admins_where_they_are_allowed()
    {
        await using var own = new JwtHost(
            TokenProvider.NewUnreachable(),
            ("Auth:Jwt:AllowAdmin", "true"), ("Auth:Jwt:Types:0", "JWT"), ("Auth:Jwt:OrganizationClaim", "tenant"),
            ("Auth:Jwt:UserClaim", "email"), ("Auth:Jwt:ScopeClaim", "permissions"));
        await own.InitializeAsync();
        const string Changes = """{"tenant":"t-1","email":"a@example.org","permissions":["admin"],"org_id":"no","scope":"jobs:read"}""";

        var who = (await own.WhoamiAsync(new TokenText { Type = "JWT", Changes = Changes })).Ok();

        Assert.Equal(("t-1", "a@example.org", "admin"),
            (who.Text("organization_id"), who.Text("user_id"), string.Join(',', who.Body.GetProperty("scopes").EnumerateArray())));
        (await own.With(new TokenText { Type = "JWT", Changes = Changes }).GetAsync("/v1/organizations")).Ok();
        Assert.Equal("401 invalid_token", (await own.WhoamiAsync(new TokenText { Changes = Changes })).Problem);
    }

    private async Task RefusedAsync(string token)
    {
        var refused = await host.With(token).GetAsync("/v1/whoami");

        Assert.Equal(
            ("401 invalid_token", "The credentials are not valid.", "Bearer error=\"invalid_token\""),
            (refused.Problem, refused.Text("detail"), refused.Header("WWW-Authenticate")));
    }
}
