using System.Text.RegularExpressions;

namespace JobTracker.Tests.Integration.Gateway.Batches;

/// <summary>Two organizations that probe each other on every endpoint of batches.</summary>
public sealed partial class BatchIsolationTests(BatchHost host) : IClassFixture<BatchHost>
{
    private const string Missing = "batch-01890a5d-ac96-774b-bcce-b302099a8057";
    private readonly BatchCaller _owner = host.NewCaller();
    private readonly ApiClient _other = host.NewCaller().Api;

    [Theory]
    [InlineData("GET", "/v1/batches/{0}")]
    [InlineData("GET", "/v1/batches/{0}/items")]
    [InlineData("GET", "/v1/batches/{0}/items?status=completed")]
    [InlineData("GET", "/v1/batches/{0}/items/a")]
    [InlineData("GET", "/v1/batches/{0}/items/nothing")]
    [InlineData("GET", "/v1/batches/{0}/results")]
    [InlineData("GET", "/v1/batches/{0}/quarantine")]
    [InlineData("DELETE", "/v1/batches/{0}")]
    [InlineData("POST", "/v1/batches/{0}/cancel")]
    [InlineData("POST", "/v1/batches/{0}/refresh")]
    [InlineData("POST", "/v1/batches/{0}/resubmit-failed")]
    public async Task Anothers_batch_answers_byte_for_byte_as_a_missing_one(string method, string path)
    {
        var (running, _) = await _owner.RunningAsync("a");
        var (ended, provider) = await _owner.RunningAsync("a");
        provider.End();
        await _owner.EndedAsync(ended);
        var missing = await _other.SendAsync(new HttpMethod(method), path.Replace("{0}", Missing, StringComparison.Ordinal), null);
        foreach (var id in new[] { running.Text("id"), ended.Text("id") })
        {
            var foreign = await _other.SendAsync(
                new HttpMethod(method), path.Replace("{0}", id, StringComparison.Ordinal), null, ("If-None-Match", "*"));

            Assert.Equal("404 batch_not_found", foreign.Problem);
            Assert.Equal(Comparable(missing), Comparable(foreign));
        }
        Assert.Equal("running", (await _owner.Api.GetAsync($"/v1/batches/{running.Text("id")}")).Ok().Text("status"));
        Assert.Equal(1, (await _owner.Api.GetAsync($"/v1/batches/{ended.Text("id")}")).Ok().Body.GetProperty("attempts").GetInt32());
    }

    [Fact]
    public async Task No_list_shows_anothers_batch_and_no_cursor_reveals_one()
    {
        var (foreign, _) = await _owner.RunningAsync("a");
        var own = BatchCaller.Accepted(await _other.PostAsync("/v1/batches", BatchCaller.Object("a"))).Text("id");

        Assert.Equal([own], (await _other.GetAsync("/v1/batches")).Ok().Ids);
        Assert.Equal([own], (await _other.GetAsync($"/v1/batches?order=asc&after={foreign.Text("id")}")).Ok().Ids);
        Assert.Empty((await _other.GetAsync($"/v1/batches?order=asc&before={foreign.Text("id")}")).Ok().Ids);
    }

    [Theory]
    [InlineData("batches:read", "GET", "/v1/batches", 200)]
    [InlineData("batches:write", "GET", "/v1/batches", 403)]
    [InlineData("jobs:read jobs:write", "GET", "/v1/batches", 403)]
    [InlineData("batches:read", "POST", "/v1/batches", 403)]
    [InlineData("batches:read", "POST", "/v1/batches/adopt", 403)]
    [InlineData("batches:read", "POST", "/v1/batches/" + Missing + "/cancel", 403)]
    [InlineData("batches:write", "POST", "/v1/batches/" + Missing + "/cancel", 404)]
    public async Task A_scope_is_needed(string scope, string method, string path, int status) =>
        Assert.Equal(
            status, (await host.Gateway.Caller("org-scopes", scopes: scope)
                .SendAsync(new HttpMethod(method), path, method == "POST" ? "{}" : null)).Status);

    [Fact]
    public async Task Who_is_not_signed_in_gets_nothing() =>
        Assert.Equal("401 unauthenticated", (await host.Gateway.Stranger().GetAsync("/v1/batches")).Problem);

    private static string Comparable(Answer answer)
    {
        var headers = answer.Headers.Where(header => header.Key is not ("Date" or "X-Request-ID"))
            .Select(header => $"{header.Key}: {string.Join(',', header.Value)}\n");
        return string.Concat(headers) + answer.ContentType + Varying().Replace(answer.Raw, "");
    }

    [GeneratedRegex("\"(instance|trace_id)\":\"[^\"]*\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Varying();
}
