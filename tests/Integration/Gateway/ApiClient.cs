using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using JobTracker.Tests.Support;
using JobTracker.Tests.Support.Contract;

namespace JobTracker.Tests.Integration.Gateway;

/// <summary>Speaks HTTP as one caller, and takes no answer that the OpenAPI document does not describe.</summary>
internal sealed class ApiClient(string address, params (string Name, string Value)[] identity)
{
    private const int Large = 1 << 20;

    /// <summary>For answers that are read bit by bit, which a look at the whole would spoil.</summary>
    private static readonly HttpClient Unread = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private static readonly HttpClient Http = new(
        new ContractHandler(new SocketsHttpHandler { AllowAutoRedirect = false, Expect100ContinueTimeout = TimeSpan.FromSeconds(30) }));

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Answer> PostAsync(string path, string? json, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, json, headers);

    public Task<Answer> PatchAsync(string path, string? json, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Patch, path, json, headers);

    public Task<Answer> DeleteAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Delete, path, null, headers);

    /// <summary>A batch as lines.</summary>
    public Task<Answer> PostLinesAsync(string path, string lines, params (string Name, string Value)[] headers) =>
        SendContentAsync(HttpMethod.Post, path, new StringContent(lines, Encoding.UTF8, "application/jsonl"), headers);

    public Task<Answer> SendAsync(HttpMethod method, string path, string? json, params (string Name, string Value)[] headers) =>
        SendContentAsync(method, path, json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"), headers);

    private async Task<Answer> SendContentAsync(HttpMethod method, string path, HttpContent? content, (string Name, string Value)[] headers)
    {
        using var request = Request(method, path, headers);
        // A body that is too large is refused before it is sent, and not by a broken connection in the middle.
        request.Headers.ExpectContinue = content?.Headers.ContentLength > Large;
        request.Content = content;
        using var response = await Http.SendAsync(request).Soon();
        var text = await response.Content.ReadAsStringAsync().Soon();
        var isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) ?? false;
        return new Answer(
            (int)response.StatusCode, isJson && text.Length > 0 ? JsonDocument.Parse(text).RootElement : default, response.Headers, text)
        {
            ContentType = response.Content.Headers.ContentType?.MediaType,
            Allow = string.Join(", ", response.Content.Headers.Allow),
        };
    }

    /// <summary>A body of another media type.</summary>
    public async Task<int> StatusOfAsync(HttpMethod method, string path, HttpContent content, bool expectContinue = false)
    {
        using var request = Request(method, path, []);
        request.Headers.ExpectContinue = expectContinue;
        request.Content = content;
        using var response = await Http.SendAsync(request).Soon();
        return (int)response.StatusCode;
    }

    /// <summary>The answer as soon as its headers are there.</summary>
    public async Task<HttpResponseMessage> OpenAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = Request(HttpMethod.Get, path, headers);
        return await Unread.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).Soon();
    }

    /// <summary>A new job's id.</summary>
    public async Task<string> CreateAsync(string json = "{}") => (await PostAsync("/v1/jobs", json)).Created().Text("id");

    private HttpRequestMessage Request(HttpMethod method, string path, (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, address + path);
        foreach (var (name, value) in identity.Concat(headers))
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }
}

/// <summary>What came back.</summary>
internal sealed record Answer(int Status, JsonElement Body, HttpResponseHeaders Headers, string Raw)
{
    public string? ContentType { get; init; }

    /// <summary>The methods of the header Allow.</summary>
    public string? Allow { get; init; }

    /// <summary>The code of a problem, after its status.</summary>
    public string Problem => $"{Status} {Text("code")}";

    public string Text(string field) => Body.GetProperty(field).GetString()!;

    public string[] Ids => [.. Body.EnumerateArray().Select(job => job.GetProperty("id").GetString()!)];

    /// <summary>Where the link of this relation leads; null where there is none.</summary>
    public string? Link(string relation) => Headers.TryGetValues("Link", out var links)
        ? string.Join(", ", links).Split(", ").Where(link => link.EndsWith($"rel=\"{relation}\"", StringComparison.Ordinal))
            .Select(link => link[1..link.IndexOf('>')]).SingleOrDefault()
        : null;

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    public Answer Ok() => With(200);

    public Answer Created() => With(201);

    public override string ToString() => $"{Status} {Raw}";

    private Answer With(int status)
    {
        Assert.True(Status == status, $"{Status} instead of {status}: {Raw}");
        return this;
    }
}
