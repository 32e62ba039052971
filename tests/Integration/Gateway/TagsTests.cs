namespace JobTracker.Tests.Integration.Gateway;

public sealed class TagsTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private readonly ApiClient _api = host.NewCaller();

    [Fact]
    public async Task Tags_come_back_in_the_order_of_the_alphabet_and_list_their_jobs()
    {
        var made = (await _api.PostAsync("/v1/jobs", """{"tags":["team:b","a","Z"]}""")).Created();
        (await _api.PostAsync("/v1/jobs/bulk", """{"jobs":[{"tags":["team:b"]},{"tags":[]},{"tags":["a b"]}]}""")).Ok();

        Assert.Equal("""["Z","a","team:b"]""", made.Body.GetProperty("tags").GetRawText());
        Assert.Equal("[]", (await _api.PostAsync("/v1/jobs", "{}")).Created().Body.GetProperty("tags").GetRawText());
        Assert.Equal([made.Text("id")], (await _api.GetAsync("/v1/jobs?tag=a&tag=team:b")).Ids);
        Assert.Equal(2, (await _api.GetAsync("/v1/jobs?any_tag=a,team:b&status=created")).Ids.Length);
        Assert.Empty((await _api.GetAsync("/v1/jobs?tag=a&completed_before=2100-01-01T00:00:00Z")).Ids);

        (await _api.DeleteAsync($"/v1/jobs/{made.Text("id")}")).Ok();
        Assert.Empty((await _api.GetAsync("/v1/jobs?tag=a")).Ids);
    }

    [Theory]
    [InlineData("""{"tags":["a","a"]}""", "names a tag twice")]
    [InlineData("""{"tags":["1","2","3","4","5","6","7","8","9","10","11"]}""", "must not have more than 10 tags")]
    [InlineData("""{"tags":["é"]}""", "has a tag that is none: each must have 1 to 64 characters of [A-Za-z0-9_.:/@-]")]
    [InlineData("""{"tags":["a",1]}""", "must be an array of strings")]
    [InlineData("""{"tags":"a"}""", "must be an array of strings")]
    public async Task Tags_that_are_none_are_refused_in_words(string body, string detail)
    {
        var refused = await _api.PostAsync("/v1/jobs", body);

        Assert.Equal(
            ("422 invalid_body", detail), (refused.Problem, refused.Body.GetProperty("errors")[0].GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task Nobody_lists_another_organizations_jobs_by_their_tags()
    {
        await _api.CreateAsync("""{"tags":["secret"]}""");

        Assert.Empty((await host.NewCaller().GetAsync("/v1/jobs?tag=secret")).Ids);
    }
}
