namespace JobTracker.Tests.Integration.Gateway;

/// <summary>The methods that HTTP gives to every path.</summary>
public sealed class MethodsTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private readonly ApiClient _api = host.NewCaller();

    [Theory]
    [InlineData("/v1/jobs")]
    [InlineData("/v1/jobs/stats")]
    [InlineData("/v1/jobs/{id}")]
    [InlineData("/v1/jobs/{id}/events")]
    [InlineData("/v1/jobs/{id}/callback/attempts")]
    [InlineData("/v1/batches")]
    [InlineData("/v1/callback-secret")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/docs")]
    [InlineData("/healthz/live")]
    public async Task HEAD_answers_as_GET_does_without_its_body(string path)
    {
        var place = path.Replace("{id}", await _api.CreateAsync(), StringComparison.Ordinal);
        using var get = await _api.OpenAsync(place);
        var head = await _api.SendAsync(HttpMethod.Head, place, null);

        Assert.Equal(((int)get.StatusCode, ""), (head.Status, head.Raw));
    }

    [Theory]
    [InlineData("/v1/jobs", "GET, HEAD, POST, OPTIONS")]
    [InlineData("/v1/jobs/bulk", "POST, OPTIONS")]
    [InlineData("/v1/batches/adopt", "POST, OPTIONS")]
    public async Task OPTIONS_names_what_a_path_allows(string path, string allowed)
    {
        var answer = await _api.SendAsync(HttpMethod.Options, path, null);

        Assert.Equal((204, ""), (answer.Status, answer.Raw));
        Assert.Equal(Sorted(allowed), Sorted(answer.Allow));
    }

    [Theory]
    [InlineData("GET", "/v1/jobs/bulk", "POST")]
    [InlineData("DELETE", "/v1/jobs/stats", "GET, HEAD")]
    [InlineData("PATCH", "/v1/jobs/active", "GET, HEAD")]
    [InlineData("GET", "/v1/batches/adopt", "POST")]
    [InlineData("PUT", "/v1/jobs", "GET, HEAD, POST")]
    public async Task A_method_that_a_path_does_not_allow_is_a_405_with_those_that_it_does(string method, string path, string allowed)
    {
        var answer = await _api.SendAsync(new HttpMethod(method), path, null);

        Assert.Equal("405 method_not_allowed", answer.Problem);
        Assert.Equal(Sorted(allowed), Sorted(answer.Allow));
    }

    [Theory]
    [InlineData("job-019b7c8d-f708-4abc-8def-0123456789ab", "404 job_not_found")]
    [InlineData("job-00000000-0000-0000-0000-000000000000", "404 job_not_found")]
    [InlineData("job-ffffffff-ffff-ffff-ffff-ffffffffffff", "404 job_not_found")]
    [InlineData("job-1", "422 invalid_job_id")]
    [InlineData("bulk2", "422 invalid_job_id")]
    public async Task An_id_of_any_UUID_version_is_one_that_is_not_there(string id, string problem) =>
        Assert.Equal(problem, (await _api.GetAsync($"/v1/jobs/{id}")).Problem);

    private static string[] Sorted(string? list) => [.. (list ?? "").Split(", ").Order(StringComparer.Ordinal)];
}
