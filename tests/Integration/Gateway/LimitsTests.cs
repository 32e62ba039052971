namespace JobTracker.Tests.Integration.Gateway;

/// <summary>Each limit, at it and one past it, over HTTP.</summary>
public sealed class LimitsTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private const int BodyBytes = 1 << 20;
    private readonly ApiClient _api = host.NewCaller();

    [Theory]
    [InlineData(BodyBytes, 201)]
    [InlineData(BodyBytes + 1, 413)]
    public async Task A_body_has_1_MiB_at_most(int bytes, int status) =>
        Assert.Equal(status, (await _api.PostAsync("/v1/jobs", "{}".PadRight(bytes))).Status);

    [Theory]
    [InlineData(16 * BodyBytes, 200)]
    [InlineData((16 * BodyBytes) + 1, 413)]
    public async Task A_bulk_body_has_16_MiB_at_most(int bytes, int status) =>
        Assert.Equal(status, (await _api.PostAsync("/v1/jobs/bulk", """{"jobs":[]}""".PadRight(bytes))).Status);

    [Fact]
    public async Task What_is_too_large_is_a_problem() =>
        Assert.Equal("413 body_too_large", (await _api.PostAsync("/v1/jobs", "{}".PadRight(BodyBytes + 1))).Problem);

    [Theory]
    [InlineData(1_000, 200)]
    [InlineData(1_001, 422)]
    public async Task A_bulk_request_has_1000_jobs_at_most(int jobs, int status) =>
        Assert.Equal(
            status, (await _api.PostAsync("/v1/jobs/bulk", $$"""{"jobs":[{{string.Join(',', Enumerable.Repeat("{}", jobs))}}]}""")).Status);

    [Theory]
    [InlineData(0, 201)]
    [InlineData(1, 422)]
    public async Task Metadata_has_64_KiB_at_most(int beyond, int status)
    {
        var filler = new string('x', (64 << 10) - """{"a":""}""".Length + beyond);

        Assert.Equal(status, (await _api.PostAsync("/v1/jobs", $$"""{"metadata": {"a":"{{filler}}"} }""")).Status);
    }

    [Theory]
    [InlineData(32, 201)]
    [InlineData(33, 422)]
    public async Task Metadata_has_32_levels_at_most(int levels, int status)
    {
        var inner = new string('[', levels - 1) + new string(']', levels - 1);

        Assert.Equal(status, (await _api.PostAsync("/v1/jobs", $$"""{"metadata": {"a": {{inner}} } }""")).Status);
    }

    [Theory]
    [InlineData(2_048, 201)]
    [InlineData(2_049, 422)]
    public async Task A_url_has_2048_characters_at_most(int length, int status) =>
        Assert.Equal(
            status, (await _api.PostAsync("/v1/jobs", $$"""{"callback_url":"{{"https://a.example/".PadRight(length, 'x')}}"}""")).Status);

    [Theory]
    [InlineData("timeout_seconds", 1, 201)]
    [InlineData("timeout_seconds", 2_592_000, 201)]
    [InlineData("timeout_seconds", 0, 422)]
    [InlineData("timeout_seconds", 2_592_001, 422)]
    [InlineData("heartbeat_timeout_seconds", 2_592_000, 201)]
    [InlineData("heartbeat_timeout_seconds", 2_592_001, 422)]
    public async Task A_timeout_has_1_second_to_30_days(string field, int seconds, int status) =>
        Assert.Equal(status, (await _api.PostAsync("/v1/jobs", $$"""{"{{field}}":{{seconds}}}""")).Status);

    [Theory]
    [InlineData("error", """{"code":"@"}""", 128)]
    [InlineData("error", """{"code":"x","message":"@"}""", 8_192)]
    [InlineData("progress", """{"completed":1,"message":"@"}""", 1_024)]
    public async Task A_text_has_its_length_at_most(string field, string value, int longest)
    {
        var id = await _api.CreateAsync("""{"status":"running"}""");

        Assert.Equal(200, await Change(longest));
        Assert.Equal(422, await Change(longest + 1));

        async Task<int> Change(int length) =>
            (await _api.PatchAsync($"/v1/jobs/{id}",
                $$"""{"{{field}}": {{value.Replace("@", new string('x', length), StringComparison.Ordinal)}} }""")).Status;
    }
}
