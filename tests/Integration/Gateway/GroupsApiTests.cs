namespace JobTracker.Tests.Integration.Gateway;

/// <summary>Groups over HTTP.</summary>
public sealed class GroupsApiTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private readonly ApiClient _api = host.NewCaller();

    [Fact]
    public async Task A_group_shows_its_children_and_takes_none_once_it_is_sealed()
    {
        var group = (await _api.PostAsync("/v1/jobs", """{"group":true,"on_child_failure":"cancel"}""")).Created();
        Assert.Equal("""{"total":0,"created":0,"pending":0,"running":0,"completed":0,"failed":0,"cancelled":0,"expired":0}""", Children(group));
        var child = $$"""{"status":"running","parent_id":"{{group.Text("id")}}"}""";
        await _api.CreateAsync(child);

        var read = (await _api.GetAsync($"/v1/jobs/{group.Text("id")}")).Ok();
        Assert.Equal("""{"total":1,"created":0,"pending":0,"running":1,"completed":0,"failed":0,"cancelled":0,"expired":0}""", Children(read));
        Assert.Equal((true, false, "cancel"),
            (read.Body.GetProperty("group").GetBoolean(), read.Body.GetProperty("sealed").GetBoolean(), read.Text("on_child_failure")));

        var path = $"/v1/jobs/{group.Text("id")}/seal";
        Assert.Equal("412 version_mismatch", (await _api.PostAsync(path, null, ("If-Match", "\"7\""))).Problem);
        Assert.True((await _api.PostAsync(path, null, ("If-Match", "\"1\""))).Ok().Body.GetProperty("sealed").GetBoolean());
        Assert.Equal("\"2\"", (await _api.PostAsync(path, null)).Ok().Header("ETag"));
        Assert.Equal("409 group_sealed", (await _api.PostAsync("/v1/jobs", child)).Problem);
        var bulk = (await _api.PostAsync("/v1/jobs/bulk", $$"""{"jobs":[{{child}}]}""")).Ok();
        Assert.Equal(409, bulk.Body.GetProperty("results")[0].GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task An_update_seals_too_and_a_group_without_children_is_completed_by_it()
    {
        var id = await _api.CreateAsync("""{"group":true}""");

        Assert.Equal("completed", (await _api.PatchAsync($"/v1/jobs/{id}", """{"sealed":true}""")).Ok().Text("status"));
    }

    [Fact]
    public async Task A_job_that_is_no_group_is_not_sealed_and_shows_nothing_of_one()
    {
        var made = (await _api.PostAsync("/v1/jobs", "{}")).Created();

        Assert.Equal("422 invalid_body", (await _api.PostAsync($"/v1/jobs/{made.Text("id")}/seal", null)).Problem);
        Assert.False(made.Body.GetProperty("group").GetBoolean());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, made.Body.GetProperty("children").ValueKind);
    }

    [Fact]
    public async Task A_group_that_ended_unsealed_is_not_sealed_any_more_and_takes_no_child()
    {
        var id = await _api.CreateAsync("""{"group":true}""");
        (await _api.PostAsync($"/v1/jobs/{id}/cancel", null)).Ok();

        Assert.Equal("409 job_has_ended", (await _api.PostAsync($"/v1/jobs/{id}/seal", null)).Problem);
        Assert.Equal("409 group_sealed", (await _api.PostAsync("/v1/jobs", $$"""{"parent_id":"{{id}}"}""")).Problem);
    }

    [Theory]
    [InlineData("""{"group":1}""", "$.group: must be true or false")]
    [InlineData("""{"group":true,"on_child_failure":"stop"}""", "$.on_child_failure: must be continue or cancel")]
    [InlineData("""{"on_child_failure":"cancel"}""", "$.on_child_failure: is for a group")]
    public async Task A_group_that_cannot_be_says_why(string body, string detail)
    {
        var refused = await _api.PostAsync("/v1/jobs", body);
        Assert.Equal(("422 invalid_body", detail), (refused.Problem, refused.Text("detail")));
    }

    [Theory]
    [InlineData("""{"sealed":false}""")]
    [InlineData("""{"sealed":null}""")]
    public async Task Nothing_is_opened_again(string body)
    {
        var id = await _api.CreateAsync("""{"group":true}""");
        Assert.Equal("$.sealed: must be true: what is sealed is not opened again",
            (await _api.PatchAsync($"/v1/jobs/{id}", body)).Text("detail"));
    }

    [Fact]
    public async Task A_repeated_create_of_a_group_with_another_rule_is_another_request()
    {
        var key = ("Idempotency-Key", Guid.CreateVersion7().ToString());
        (await _api.PostAsync("/v1/jobs", """{"group":true}""", key)).Created();

        (await _api.PostAsync("/v1/jobs", """{"group":true,"on_child_failure":"continue"}""", key)).Ok();
        Assert.Equal("422 idempotency_key_reused",
            (await _api.PostAsync("/v1/jobs", """{"group":true,"on_child_failure":"cancel"}""", key)).Problem);
        Assert.Equal("422 idempotency_key_reused", (await _api.PostAsync("/v1/jobs", "{}", key)).Problem);
    }

    private static string Children(Answer group) => group.Body.GetProperty("children").GetRawText();
}
