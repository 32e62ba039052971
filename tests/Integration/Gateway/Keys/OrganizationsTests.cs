using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Gateway.Keys;

/// <summary>Organizations over HTTP, and what their suspension ends.</summary>
public sealed class OrganizationsTests(KeysHost host) : IClassFixture<KeysHost>
{
    private KeysGateway Keys => host.Keys;

    [Fact]
    public async Task An_organization_is_made_once_and_listed_by_its_id()
    {
        var id = await Keys.NewOrganizationAsync();

        Assert.Equal("409 organization_exists", (await Keys.Admin.PostAsync("/v1/organizations", $$"""{"id":"{{id}}"}""")).Problem);
        Assert.Contains(id, (await Keys.Admin.GetAsync("/v1/organizations?limit=1000")).Ok().Ids);
        Assert.Equal("404 organization_not_found", (await Keys.Admin.GetAsync("/v1/organizations/nobody")).Problem);
    }

    [Fact]
    public async Task A_limit_is_set_and_null_makes_it_as_configured_again()
    {
        var path = $"/v1/organizations/{await Keys.NewOrganizationAsync()}";

        var set = (await Keys.Admin.PatchAsync(path, """{"name":"n","limits":{"waits":1,"burst":1000000}}""")).Ok();
        Assert.Equal(("n", 1), (set.Text("name"), set.Body.GetProperty("limits").GetProperty("waits").GetInt32()));
        var reset = (await Keys.Admin.PatchAsync(path, """{"limits":{"waits":null}}""")).Ok().Body.GetProperty("limits");
        Assert.Equal(("", "1000000"), (reset.GetProperty("waits").ToString(), reset.GetProperty("burst").ToString()));
        Assert.Equal("422 invalid_body", (await Keys.Admin.PatchAsync(path, """{"limits":{"burst":1000001}}""")).Problem);
        Assert.Equal("422 invalid_body", (await Keys.Admin.PatchAsync(path, """{"limits":{"waits":0}}""")).Problem);
    }

    [Fact]
    public async Task Suspension_refuses_all_keys_and_ends_streams_and_waits_until_it_is_lifted()
    {
        var (organization, _, api) = await Keys.NewTenantAsync();
        var id = await api.CreateAsync();
        await using var stream = await EventStream.OpenAsync(api, id);
        Assert.NotNull(await stream.NextAsync());
        var wait = api.GetAsync($"/v1/jobs/{id}?wait=60&until=terminal");
        (await Keys.Admin.PatchAsync($"/v1/organizations/{organization}", """{"suspended":true}""")).Ok();
        host.Clock.Step(TimeSpan.FromSeconds(3));

        Assert.Equal("401 invalid_token", (await api.GetAsync("/v1/whoami")).Problem);
        Assert.Null(await stream.NextAsync());
        Assert.NotEqual("completed", (await wait.Soon()).Raw);
        (await Keys.Admin.PatchAsync($"/v1/organizations/{organization}", """{"suspended":false}""")).Ok();
        host.Clock.Step(TimeSpan.FromSeconds(3));
        (await api.GetAsync("/v1/whoami")).Ok();
    }
}
