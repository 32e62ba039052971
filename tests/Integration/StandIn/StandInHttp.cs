using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using JobTracker.Tests.StandIn;
using JobTracker.Tests.StandIn.Batches;

namespace JobTracker.Tests.Integration.StandIn;

/// <summary>Bare HTTP towards a stand-in: no retries, no decompression, nothing that could hide what is on the wire.</summary>
internal sealed class StandInHttp(ProviderStandIn standIn, string key = "key-1") : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero })
    { BaseAddress = standIn.BaseUrl };

    public Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? body = null, CancellationToken cancellation = default)
    {
        var request = new HttpRequestMessage(method, path) { Content = body };
        request.Headers.Add("x-api-key", key);
        request.Headers.Add("anthropic-version", "2023-06-01");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public async Task<JsonNode> JsonAsync(HttpMethod method, string path, HttpContent? body = null)
    {
        using var answer = await SendAsync(method, path, body);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    public Task<JsonNode> JsonAsync(string path) => JsonAsync(HttpMethod.Get, path);

    public Task<HttpResponseMessage> CreateAsync(params string[] customIds) =>
        SendAsync(HttpMethod.Post, "v1/messages/batches", JsonContent.Create(
            new { requests = customIds.Select(id => new { custom_id = id, @params = new { model = "m" } }) }));

    /// <summary>The bytes of the results of a finished batch, as they came.</summary>
    public async Task<byte[]> ResultsAsync(ProviderBatch batch)
    {
        using var answer = await GetAsync(PathOf(batch) + "/results");
        return await answer.Content.ReadAsByteArrayAsync();
    }

    public async Task<string> UploadAsync(string jsonl, string name = "input.jsonl")
    {
        using var form =
            new MultipartFormDataContent { { new StringContent("batch"), "purpose" }, { new StringContent(jsonl), "file", name } };
        return (await JsonAsync(HttpMethod.Post, "v1/files", form))["id"]!.GetValue<string>();
    }

    public Task<JsonNode> CreateFromAsync(string fileId, string endpoint = "/v1/chat/completions") =>
        JsonAsync(HttpMethod.Post, "v1/batches", JsonContent.Create(new { input_file_id = fileId, endpoint, completion_window = "24h" }));

    public static string PathOf(ProviderBatch batch) =>
        batch.Order.Dialect is Dialect.Anthropic ? $"v1/messages/batches/{batch.Id}" : $"v1/batches/{batch.Id}";

    public static string ChatLine(string customId, string model = "g") =>
        $$$"""{"custom_id":"{{{customId}}}","method":"POST","url":"/v1/chat/completions","body":{"model":"{{{model}}}","messages":[]}}""";

    public void Dispose() => _http.Dispose();
}
