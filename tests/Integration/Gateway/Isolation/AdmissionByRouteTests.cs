using JobTracker.Keys;
using JobTracker.Tests.Integration.Gateway.Keys;
using Microsoft.AspNetCore.Authorization;

namespace JobTracker.Tests.Integration.Gateway.Isolation;

/// <summary>Who gets in, on every endpoint that the routing table of a running gateway has.</summary>
public sealed class AdmissionByRouteTests(IsolationHost host) : IClassFixture<IsolationHost>
{
    private readonly Named _missing = host.Foreign.Missing();

    private IEnumerable<Route> Guarded => host.Routes.Where(route => !route.Case.IsAnonymous);

    [Fact]
    public void Every_endpoint_has_its_case_and_no_case_is_without_an_endpoint() =>
        Assert.Equal(
            RouteCase.All.Keys.Order(StringComparer.Ordinal),
            host.Routes.Select(route => route.Name).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Every_endpoint_says_who_may_call_it() => Assert.All(host.Routes, route =>
    {
        var isAnonymous = route.Metadata.GetMetadata<IAllowAnonymous>() is not null;
        string?[] policies = [.. route.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy)];

        Assert.Equal(route.Case.IsAnonymous, isAnonymous);
        Assert.Equal(isAnonymous ? [] : [route.Case.Scope], policies);
    });

    [Fact]
    public async Task Without_a_credential_each_asks_for_one_and_what_is_open_does_not()
    {
        var stranger = host.Keys.Host.Stranger();
        Assert.All(await AnswersAsync(stranger, Guarded), answer => Assert.Equal(
            $"401 unauthenticated, Bearer: {answer.Route}", $"{answer.Problem}, {answer.Challenge}: {answer.Route}"));
        Assert.DoesNotContain(
            await AnswersAsync(stranger, host.Routes.Where(route => route.Case.IsAnonymous)), answer => answer.Answer.Status >= 400);
    }

    [Fact]
    public async Task Each_refuses_every_bad_credential_in_the_same_words()
    {
        var wordings = new HashSet<string>(StringComparer.Ordinal);
        foreach (var credential in await BadCredentialsAsync())
        {
            foreach (var (route, answer) in await RawAnswersAsync(
                new ApiClient(host.Keys.Host.Address, ("Authorization", credential)), Guarded))
            {
                Assert.True(answer.Status == 401, $"{answer.Status} {route.Name} with {credential.Split('_')[0]}");
                Assert.Equal("Bearer error=\"invalid_token\"", answer.Header("WWW-Authenticate"));
                if (route.Method != HttpMethod.Head)
                    wordings.Add(Comparison.Of(answer, _missing).Replace(route.Path(_missing), "", StringComparison.Ordinal));
            }
        }

        Assert.Single(wordings);
    }

    [Fact]
    public async Task Each_tells_the_scope_that_a_key_lacks_before_anything_of_the_request()
    {
        foreach (var route in Guarded.Where(route => route.Case.Scope is not null))
        {
            var without = await host.WithAsync(KeysGateway.OwnScopes.Where(scope => scope != route.Case.Scope));
            foreach (var query in new[] { "", "?nothing=1" })
            {
                var answer = await without.SendAsync(
                    route.Method, route.Path(_missing) + query, IsRead(route) ? null : "{", ("Accept", "image/png"));
                Assert.True(answer.Status == 403, $"{answer.Status} {route.Name}");
                Assert.Equal(
                    $"Bearer error=\"insufficient_scope\", scope=\"{route.Case.Scope}\"", answer.Header("WWW-Authenticate"));
            }
        }
    }

    [Fact]
    public async Task Each_lets_a_key_in_that_has_its_scope_alone()
    {
        foreach (var route in Guarded)
        {
            var with = await host.WithAsync(route.Case.Scope ?? Scopes.AuditRead);
            var answer = await with.SendAsync(route.Method, route.Path(_missing), IsRead(route) ? null : "{");
            Assert.False(answer.Status is 401 or 403, $"{answer.Status} {route.Name}");
        }
    }

    [Fact]
    public async Task What_no_endpoint_has_is_told_only_to_those_who_are_signed_in()
    {
        var stranger = host.Keys.Host.Stranger();
        var refused = host.Keys.Host.Holder(ApiKey.New().Text);
        var little = await host.WithAsync(Scopes.AuditRead);
        var others = host.Routes.Where(route => !route.Case.IsAnonymous).Select(route => (HttpMethod.Put, route.Path(_missing), 405))
            .Concat(
            [
                (HttpMethod.Get, "/nothing", 404), (HttpMethod.Post, "/v1", 404), (HttpMethod.Get, "/v1/jobs/a/b/c", 404),
                (HttpMethod.Get, "/healthz", 404), (HttpMethod.Get, "/v1/organizations/a/b", 404),
            ]);
        foreach (var (method, path, status) in others)
        {
            Assert.Equal((path, 401, "Bearer"), Told(path, await stranger.SendAsync(method, path, null)));
            Assert.Equal((path, 401, "Bearer error=\"invalid_token\""), Told(path, await refused.SendAsync(method, path, null)));
            Assert.Equal((path, status, null), Told(path, await little.SendAsync(method, path, null)));
        }
    }

    [Fact]
    public async Task Options_tell_everybody_the_methods() =>
        Assert.All(
            await Task.WhenAll(host.Routes.Select(route => host.Keys.Host.Stranger()
                .SendAsync(HttpMethod.Options, route.Path(_missing), null))),
            answer => Assert.True(answer.Status < 300, $"{answer.Status} {answer.Raw}"));

    private static (string, int, string?) Told(string path, Answer answer) => (path, answer.Status, answer.Header("WWW-Authenticate"));

    private static bool IsRead(Route route) => route.Method == HttpMethod.Get || route.Method == HttpMethod.Head;

    private async Task<string[]> BadCredentialsAsync()
    {
        var (id, good) = await host.Keys.NewKeyAsync(host.OtherOrganization, "user-other", Scopes.JobsRead);
        var (revokedId, revoked) = await host.Keys.NewKeyAsync(host.OtherOrganization, "user-other", Scopes.JobsRead);
        (await host.Keys.Admin.DeleteAsync($"/v1/keys/{revokedId}")).Ok();
        var suspended = await host.Keys.NewOrganizationAsync();
        var (_, suspendedKey) = await host.Keys.NewKeyAsync(suspended, "u", Scopes.JobsRead);
        (await host.Keys.Admin.PatchAsync($"/v1/organizations/{suspended}", """{"suspended":true}""")).Ok();
        Assert.True(KeyId.TryParse(id, out var known));
        string[] keys =
        [
            "nonsense", "", good[..^1], good + "0", good[..^1] + (good[^1] == '0' ? '1' : '0'), good.ToUpperInvariant(),
            ApiKey.New().Text, ApiKey.New(known).Text, await host.ExpiredKeyAsync(), revoked, suspendedKey,
        ];
        return [.. keys.Select(key => $"Bearer {key}"), "Basic dTpw", good, $"Token {good}"];
    }

    private async Task<(Route Route, Answer Answer)[]> RawAnswersAsync(ApiClient api, IEnumerable<Route> routes)
    {
        var answers = new List<(Route, Answer)>();
        foreach (var route in routes)
            answers.Add((route, await api.SendAsync(route.Method, route.Path(_missing), IsRead(route) ? null : "{")));
        return [.. answers];
    }

    private async Task<Told401[]> AnswersAsync(ApiClient api, IEnumerable<Route> routes) =>
        [.. (await RawAnswersAsync(api, routes)).Select(told => new Told401(told.Route, told.Answer))];

    private sealed record Told401(Route Endpoint, Answer Answer)
    {
        public string Route => $"{Endpoint.Method} {Endpoint.Pattern}";

        /// <summary>HEAD has no body that could tell its code.</summary>
        public string Problem => Endpoint.Method == HttpMethod.Head ? $"{Answer.Status} unauthenticated" : Answer.Problem;

        public string? Challenge => Answer.Header("WWW-Authenticate");
    }
}
