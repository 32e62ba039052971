namespace JobTracker.Tests.Integration.Gateway.Keys;

public sealed class OrganizationsTests(KeysHost host) : IClassFixture<KeysHost>
{
    private const string Path = "/v1/organizations";

    [Fact]
    public async Task An_organization_is_made_once_shown_listed_and_changed()
    {
        var made = (await host.Root.PostAsync(Path, """{"id":"org-new","name":"New","limits":{"streams":5}}""")).Created();
        Assert.Equal(("New", $"{Path}/org-new"), (made.Text("name"), made.Header("Location")));
        Assert.Equal(("409 organization_exists", "false"), Final(await host.Root.PostAsync(Path, """{"id":"org-new"}""")));

        var changed = (await host.Root.PatchAsync($"{Path}/org-new", """{"name":"Newer","limits":{"burst":7,"streams":null}}""")).Ok();
        var limits = changed.Body.GetProperty("limits");
        Assert.Equal(
            ("Newer", "7", "null"),
            (changed.Text("name"), limits.GetProperty("burst").GetRawText(), limits.GetProperty("streams").GetRawText()));
        Assert.Equal(changed.Raw, (await host.Root.GetAsync($"{Path}/org-new")).Ok().Raw);
        Assert.Equal("404 organization_not_found", (await host.Root.GetAsync($"{Path}/org-none")).Problem);
        Assert.Equal("404 organization_not_found", (await host.Root.PatchAsync($"{Path}/org-none", "{}")).Problem);
        var first = (await host.Root.GetAsync($"{Path}?limit=1")).Ok();
        Assert.Single(first.Ids);
        Assert.Contains("org-new", (await host.Root.GetAsync(Path)).Ok().Ids);
        Assert.True(string.CompareOrdinal((await host.Root.GetAsync(first.Link("next")!)).Ok().Ids[0], first.Ids[0]) > 0);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"id":"Org"}""")]
    [InlineData("""{"id":"-org"}""")]
    [InlineData("""{"id":""}""")]
    [InlineData("""{"id":"o","suspended":true}""")]
    [InlineData("""{"id":"o","limits":{"burst":0}}""")]
    [InlineData("""{"id":"o","limits":{"burst":1000001}}""")]
    [InlineData("""{"id":"o","limits":{"bursts":1}}""")]
    [InlineData("""{"id":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}""")]
    public async Task What_is_no_organization_is_refused(string body) =>
        Assert.Equal("422 invalid_body", (await host.Root.PostAsync(Path, body)).Problem);

    [Fact]
    public async Task A_suspended_one_is_let_in_no_more_until_it_is_again()
    {
        await host.OrganizationAsync("org-bad");
        var api = host.With(await host.KeyAsync("org-bad", """["jobs:read"]"""));
        (await api.GetAsync("/v1/jobs")).Ok();

        (await host.Root.PatchAsync($"{Path}/org-bad", """{"suspended":true}""")).Ok();
        await BecomesAsync(api, 401);
        (await host.Root.PatchAsync($"{Path}/org-bad", """{"suspended":false}""")).Ok();
        await BecomesAsync(api, 200);
    }

    [Fact]
    public async Task Its_own_limits_are_its_keys_budget()
    {
        await host.OrganizationAsync("org-slow");
        (await host.Root.PatchAsync($"{Path}/org-slow", """{"limits":{"requests_per_second":1,"burst":3}}""")).Ok();
        var api = host.With(await host.KeyAsync("org-slow", """["jobs:read"]"""));

        var answers = new List<Answer>();
        for (var i = 0; i < 4; i++)
            answers.Add(await api.GetAsync("/v1/jobs"));

        Assert.Equal([200, 200, 200, 429], answers.Select(answer => answer.Status));
        Assert.Equal("\"requests\";q=3;w=3", answers[0].Header("RateLimit-Policy"));
        Assert.Equal("\"requests\";r=2;t=1", answers[0].Header("RateLimit"));
        Assert.Equal(
            ("429 too_many_requests", "https://iana.org/assignments/http-problem-types#quota-exceeded", "1"),
            (answers[3].Problem, answers[3].Text("type"), answers[3].Header("Retry-After")));
    }

    private static (string Problem, string? Retry) Final(Answer answer) => (answer.Problem, answer.Header("x-should-retry"));

    private static async Task BecomesAsync(ApiClient api, int status)
    {
        var began = TimeProvider.System.GetTimestamp();
        while ((await api.GetAsync("/v1/jobs")).Status != status)
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(5));
    }
}
