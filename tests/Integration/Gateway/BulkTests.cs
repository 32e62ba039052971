using System.Text.Json;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Gateway;

public sealed class BulkTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private readonly ApiClient _api = host.NewCaller();

    [Fact]
    public async Task Each_entry_stands_for_itself_in_order()
    {
        var answer =
            (await _api.PostAsync("/v1/jobs/bulk",
                """{"jobs":[{"job_type":"a"},{"nope":1},{"status":"failed"},7,{"metadata":{"x":1,"x":2}},{"job_type":"b"}]}""")).Ok();
        var results = answer.Body.GetProperty("results").EnumerateArray().ToArray();

        Assert.Equal([201, 422, 422, 422, 422, 201], results.Select(result => result.GetProperty("status").GetInt32()));
        Assert.Equal(["a", "b"], results.Where(result => result.GetProperty("job").ValueKind is JsonValueKind.Object)
            .Select(result => result.GetProperty("job").GetProperty("job_type").GetString()));
        Assert.Equal(
            ["$.nope", "$.status", "$", "$.metadata.x"],
            results.Where(result => result.GetProperty("problem").ValueKind is JsonValueKind.Object)
                .Select(result => result.GetProperty("problem").GetProperty("errors")[0].GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Jobs_of_one_request_are_listed_in_its_order()
    {
        var entries = string.Join(',', Enumerable.Range(0, 300).Select(number => $$"""{"job_type":"n{{number}}"}"""));
        (await _api.PostAsync("/v1/jobs/bulk", $$"""{"jobs":[{{entries}}]}""")).Ok();
        var listed = (await _api.GetAsync("/v1/jobs?order=asc&limit=1000")).Ok();

        Assert.Equal(Enumerable.Range(0, 300)
            .Select(number => $"n{number}"), listed.Body.EnumerateArray().Select(job => job.GetProperty("job_type").GetString()));
    }

    [Theory]
    [InlineData("""{"jobs":null}""")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"jobs":{}}""")]
    [InlineData("""{"jobs":[],"more":1}""")]
    [InlineData("""{"jobs":[{}],"jobs":[]}""")]
    public async Task A_body_without_a_list_of_jobs_is_refused(string body) =>
        Assert.Equal("422 invalid_body", (await _api.PostAsync("/v1/jobs/bulk", body)).Problem);

    [Fact]
    public async Task A_lost_answer_of_the_database_is_the_result_of_its_entry()
    {
        await using var faulty = new GatewayHost(("Storage:QueueTime", "00:00:01.500"));
        await faulty.InitializeAsync();
        var api = faulty.NewCaller();
        faulty.Faults.Otherwise = PlannedFault.NotSent;
        var answer = (await api.PostAsync("/v1/jobs/bulk", """{"jobs":[{},{"nope":1}]}""")).Ok();

        Assert.Equal(
            [503, 422], answer.Body.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("status").GetInt32()));
    }
}
