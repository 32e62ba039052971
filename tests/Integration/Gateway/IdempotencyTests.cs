using System.Globalization;

namespace JobTracker.Tests.Integration.Gateway;

public sealed class IdempotencyTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private readonly ApiClient _api = host.NewCaller();

    [Fact]
    public async Task The_same_request_again_answers_with_the_same_job()
    {
        var first = (await _api.PostAsync("/v1/jobs", """{"job_type":"run","metadata":{"a":1,"b":2}}""", Key("k1"))).Created();
        var again = (await _api.PostAsync("/v1/jobs", """{ "metadata": {"b":2,"a":1}, "job_type": "run" }""", Key("k1"))).Ok();

        Assert.Equal(first.Raw, again.Raw);
        Assert.Equal((null, "true"), (first.Header("Idempotent-Replayed"), again.Header("Idempotent-Replayed")));
        Assert.Equal(first.Header("Location"), again.Header("Location"));
    }

    [Fact]
    public async Task Another_body_under_the_key_is_refused()
    {
        await _api.PostAsync("/v1/jobs", "{}", Key("k2"));

        Assert.Equal("422 idempotency_key_reused", (await _api.PostAsync("/v1/jobs", """{"job_type":"run"}""", Key("k2"))).Problem);
    }

    [Fact]
    public async Task Duplicates_at_the_same_time_make_one_job()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => _api.PostAsync("/v1/jobs", "{}", Key("k3"))));

        Assert.Single(answers, answer => answer.Status == 201);
        Assert.Equal(31, answers.Count(answer => answer.Status == 200));
        Assert.Single(answers.Select(answer => answer.Text("id")).Distinct());
    }

    [Fact]
    public async Task A_bulk_request_again_answers_with_the_same_jobs()
    {
        const string Body = """{"jobs":[{"job_type":"a"},{"job_type":"b"}]}""";
        var first = (await _api.PostAsync("/v1/jobs/bulk", Body, Key("k4"))).Ok();
        var again = (await _api.PostAsync("/v1/jobs/bulk", Body, Key("k4"))).Ok();

        Assert.Equal(Ids(first), Ids(again));
        Assert.Equal(["201", "201", "200", "200"], Statuses(first).Concat(Statuses(again)));
    }

    [Fact]
    public async Task A_request_again_answers_its_jobs_although_their_deadline_has_passed()
    {
        var deadline = TimeProvider.System.GetUtcNow().AddSeconds(1).ToString("O", CultureInfo.InvariantCulture);
        var (one, many) = ($$"""{"expires_at":"{{deadline}}"}""",
            $$"""{"jobs":[{"expires_at":"{{deadline}}"},{"expires_at":"{{deadline}}","job_type":"b"}]}""");
        var single = (await _api.PostAsync("/v1/jobs", one, Key("k5"))).Created();
        var bulk = (await _api.PostAsync("/v1/jobs/bulk", many, Key("k6"))).Ok();
        foreach (var id in Ids(bulk).Append(single.Text("id")))
            Assert.Equal("expired", (await _api.GetAsync($"/v1/jobs/{id}?until=terminal&wait=20")).Text("status"));

        var again = (await _api.PostAsync("/v1/jobs", one, Key("k5"))).Ok();
        Assert.Equal((single.Text("id"), "true"), (again.Text("id"), again.Header("Idempotent-Replayed")));
        var bulkAgain = (await _api.PostAsync("/v1/jobs/bulk", many, Key("k6"))).Ok();
        Assert.Equal(Ids(bulk), Ids(bulkAgain));
        Assert.Equal(["200", "200"], Statuses(bulkAgain));
        Assert.Equal("422 invalid_body", (await _api.PostAsync("/v1/jobs", one, Key("k7"))).Problem);
    }

    [Theory]
    [InlineData(255, 201)]
    [InlineData(256, 422)]
    public async Task A_key_has_255_characters_at_most(int length, int status) =>
        Assert.Equal(status, (await _api.PostAsync("/v1/jobs", "{}", Key(new string('k', length)))).Status);

    private static (string, string) Key(string key) => ("Idempotency-Key", key);

    private static IEnumerable<string> Ids(Answer bulk) =>
        bulk.Body.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("job").GetProperty("id").GetString()!);

    private static IEnumerable<string> Statuses(Answer bulk) =>
        bulk.Body.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("status").GetRawText());
}
