using System.Text;

namespace JobTracker.Tests.Integration.Gateway;

/// <summary>How much an answer says again of what a caller said.</summary>
public sealed class EchoTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private const int MostCharacters = 200;
    private const int MostErrors = 50;
    private readonly ApiClient _api = host.NewCaller();

    [Theory]
    [InlineData(MostCharacters, true)]
    [InlineData(MostCharacters + 1, false)]
    public async Task A_name_is_told_as_a_whole_up_to_200_characters(int length, bool isWhole)
    {
        var name = "$." + new string('n', length - 2);
        var answer = await _api.PostAsync("/v1/jobs", $$"""{"{{name[2..]}}":1}""");
        var told = answer.Body.GetProperty("errors")[0].GetProperty("name").GetString()!;

        Assert.Equal(isWhole, told == name);
        Assert.True(told.Length <= MostCharacters, told);
        Assert.StartsWith(told[..^1], name);
    }

    [Theory]
    [InlineData("POST", "/v1/jobs", """{"@":1}""")]
    [InlineData("POST", "/v1/jobs", """{"metadata":{"@":1,"@":2}}""")]
    [InlineData("POST", "/v1/jobs", """{"metadata":{"@":{"@":{"a":1e999}}}}""")]
    [InlineData("POST", "/v1/jobs", """{"job_type":"@"}""")]
    [InlineData("POST", "/v1/jobs", """{"status":"@"}""")]
    [InlineData("POST", "/v1/jobs", """{"callback_url":"@"}""")]
    [InlineData("POST", "/v1/jobs", """{"a":@}""")]
    [InlineData("POST", "/v1/jobs/bulk", """{"jobs":[{"@":1},{"metadata":{"@":{"@":1,"@":2}}}]}""")]
    [InlineData("POST", "/v1/batches/adopt", """{"provider":"@","provider_batch_id":"b"}""")]
    [InlineData("POST", "/v1/batches", """{"provider":"@","items":[{"custom_id":"a","params":{}}]}""")]
    [InlineData("POST", "/v1/batches", """{"@":"@","items":[{"custom_id":"@","params":{}}]}""")]
    public async Task However_long_the_words_the_answer_is_short(string method, string path, string body)
    {
        var large = body.Replace("@", new string('x', 100_000), StringComparison.Ordinal);
        var answer = await _api.SendAsync(new HttpMethod(method), path, large);

        Assert.True(answer.Raw.Length < 4_000, $"{answer.Raw.Length} characters");
        Assert.DoesNotContain(new string('x', MostCharacters + 1), answer.Raw);
    }

    [Fact]
    public async Task Paths_parameters_and_pairs_are_cut_too()
    {
        var letters = new string('y', 2_000);
        foreach (var path in new[] { $"/v1/{letters}", $"/v1/jobs/{letters}", $"/v1/jobs?{letters}=1", $"/v1/jobs?status={letters}" })
        {
            var answer = await _api.GetAsync(path);
            Assert.DoesNotContain(new string('y', MostCharacters + 1), answer.Raw);
        }
        var smiles = await _api.PostAsync("/v1/jobs", $$"""{"{{new StringBuilder().Insert(0, "😀", 300)}}":1}""");
        var name = smiles.Body.GetProperty("errors")[0].GetProperty("name").GetString();
        Assert.Equal($"$.{new StringBuilder().Insert(0, "😀", 98)}…", name);
    }

    [Theory]
    [InlineData(MostErrors, 0)]
    [InlineData(MostErrors + 1, 1)]
    [InlineData(5_000, 4_950)]
    public async Task Fifty_errors_are_told_and_the_rest_counted(int errors, int more)
    {
        var body = "{" + string.Join(',', Enumerable.Range(0, errors).Select(number => $"\"n{number}\":1")) + "}";
        var bulk = await _api.PostAsync("/v1/jobs/bulk", $$"""{"jobs":[{{body}}]}""");
        var single = await _api.PostAsync("/v1/jobs", body);
        foreach (var problem in new[] { single.Body, bulk.Body.GetProperty("results")[0].GetProperty("problem") })
        {
            Assert.Equal(MostErrors, problem.GetProperty("errors").GetArrayLength());
            Assert.Equal(more, problem.TryGetProperty("more_errors", out var told) ? told.GetInt32() : 0);
            Assert.EndsWith($"(and {errors - 1} more)", problem.GetProperty("detail").GetString());
        }
    }
}
