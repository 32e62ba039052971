namespace JobTracker.Tests.Integration.Gateway;

public sealed class WaitTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private readonly ApiClient _api = host.NewCaller();

    [Fact]
    public async Task A_wait_answers_as_soon_as_the_version_is_beyond_the_given_one()
    {
        var id = await _api.CreateAsync();
        var waiting = _api.GetAsync($"/v1/jobs/{id}?wait=25&after_version=2");
        await _api.PatchAsync($"/v1/jobs/{id}", """{"status":"pending"}""");
        await _api.PatchAsync($"/v1/jobs/{id}", """{"status":"running"}""");

        Assert.Equal("running", (await waiting).Ok().Text("status"));
    }

    [Fact]
    public async Task A_wait_for_the_end_sleeps_through_everything_else()
    {
        var id = await _api.CreateAsync("""{"status":"running"}""");
        var waiting = _api.GetAsync($"/v1/jobs/{id}?wait=25&until=terminal");
        await _api.PatchAsync($"/v1/jobs/{id}", """{"progress":{"completed":1}}""");
        await _api.PatchAsync($"/v1/jobs/{id}", """{"status":"completed"}""");

        Assert.Equal("completed", (await waiting).Ok().Text("status"));
    }

    [Theory]
    [InlineData("wait=25&after_version=0")]
    [InlineData("wait=25&until=terminal")]
    [InlineData("wait=0")]
    [InlineData("after_version=9")]
    public async Task What_is_so_already_is_answered_at_once(string query)
    {
        var id = await _api.CreateAsync();
        await _api.PostAsync($"/v1/jobs/{id}/cancel", null);

        Assert.Equal("cancelled", (await _api.GetAsync($"/v1/jobs/{id}?{query}")).Ok().Text("status"));
    }

    [Theory]
    [InlineData("wait=0.2&after_version=1")]
    [InlineData("wait=0.2&until=terminal")]
    [InlineData("wait=0.2")]
    public async Task After_the_time_given_comes_the_job_as_it_is(string query)
    {
        var id = await _api.CreateAsync();

        Assert.Equal("created", (await _api.GetAsync($"/v1/jobs/{id}?{query}")).Ok().Text("status"));
    }

    [Fact]
    public async Task A_job_that_is_deleted_meanwhile_is_not_found()
    {
        var id = await _api.CreateAsync();
        var waiting = _api.GetAsync($"/v1/jobs/{id}?wait=25&until=terminal");
        await _api.DeleteAsync($"/v1/jobs/{id}");

        Assert.Equal("404 job_not_found", (await waiting).Problem);
    }

    [Theory]
    [InlineData("wait=61", "wait")]
    [InlineData("wait=-1", "wait")]
    [InlineData("wait=NaN", "wait")]
    [InlineData("wait=1e1", "wait")]
    [InlineData("wait=1&until=running", "until")]
    [InlineData("wait=1&after_version=x", "after_version")]
    [InlineData("wait=1&version=2", "version")]
    public async Task What_cannot_be_waited_for_is_named(string query, string parameter)
    {
        var answer = await _api.GetAsync($"/v1/jobs/{await _api.CreateAsync()}?{query}");

        Assert.Equal("422 invalid_parameter", answer.Problem);
        Assert.Equal(parameter, answer.Body.GetProperty("errors")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_wait_of_sixty_seconds_is_taken()
    {
        var id = await _api.CreateAsync();

        (await _api.GetAsync($"/v1/jobs/{id}?wait=60&after_version=0")).Ok();
    }
}
