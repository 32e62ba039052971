using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace JobTracker.Tests.Processes.Pages;

/// <summary>What the tests of pages do through the API.</summary>
internal sealed class PageApi(Uri address, string? key = null) : IDisposable
{
    private readonly HttpClient _http = new()
    {
        BaseAddress = address,
        DefaultRequestHeaders = { Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key) },
    };

    public async Task<string> CreateAsync(object job)
    {
        using var answer = await _http.PostAsJsonAsync("/v1/jobs", job);
        return (await ReadAsync(answer)).GetProperty("id").GetString()!;
    }

    /// <summary>Many alike; their ids in the order in which they were made.</summary>
    public async Task<string[]> CreateManyAsync(int count, Func<int, object> job)
    {
        List<string> ids = [];
        for (var first = 0; first < count; first += 500)
        {
            using var answer = await _http.PostAsJsonAsync(
                "/v1/jobs/bulk", new { jobs = Enumerable.Range(first, Math.Min(500, count - first)).Select(job) });
            var made = await ReadAsync(answer);
            ids.AddRange(made.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("job").GetProperty("id").GetString()!));
        }
        return [.. ids];
    }

    public async Task<JsonElement> PatchAsync(string id, object change)
    {
        using var answer = await _http.PatchAsJsonAsync($"/v1/jobs/{id}", change);
        return await ReadAsync(answer);
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return await ReadAsync(answer);
    }

    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var answer = await _http.PostAsJsonAsync(path, body);
        return await ReadAsync(answer);
    }

    public async Task DeleteAsync(string path)
    {
        using var answer = await _http.DeleteAsync(new Uri(path, UriKind.Relative));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Exact counts by status.</summary>
    public async Task<Dictionary<string, long>> CountsAsync() => (await GetAsync("/v1/jobs/stats")).GetProperty("by_status")
        .EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetInt64(), StringComparer.Ordinal);

    /// <summary>How many jobs match.</summary>
    public async Task<int> CountAsync(string filter)
    {
        var count = 0;
        for (string? after = null; ;)
        {
            var page = await GetAsync($"/v1/jobs?limit=1000&{filter}{(after is null ? "" : $"&after={after}")}");
            if (page.GetArrayLength() == 0)
                return count;
            count += page.GetArrayLength();
            after = page[page.GetArrayLength() - 1].GetProperty("id").GetString();
        }
    }

    /// <summary>A document of about so many bytes.</summary>
    public static JsonObject Large(int bytes)
    {
        var document = new JsonObject();
        for (var index = 0; index < bytes / 1000; index++)
            document[$"field_{index:D6}"] = new string('x', 980);
        return document;
    }

    public void Dispose() => _http.Dispose();

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException(await answer.Content.ReadAsStringAsync(), inner: null, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
