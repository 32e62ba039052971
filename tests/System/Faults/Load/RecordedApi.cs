using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using JobTracker.Tests.Processes.Faults.Checking;

namespace JobTracker.Tests.Processes.Faults.Load;

/// <summary>The HTTP API as one client sees it, who repeats nothing by himself; every request goes into the history.</summary>
/// <param name="client">Who asks.</param>
/// <param name="address">Where the next request goes.</param>
/// <param name="history">Where it is written down.</param>
internal sealed class RecordedApi(string client, Func<Uri> address, HistoryFile history) : IDisposable
{
    private const int PageLength = 500;

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(40) };

    public Task<HistoryLine> CreateAsync(string operation, string? callbackUrl) => RecordAsync(
        new HistoryLine { Asked = Asked.Create, Client = client, Begin = history.Now, End = 0, Answer = 0, Operation = operation,
            WantsCallback = callbackUrl is not null },
        HttpMethod.Post, "/v1/jobs", new { status = "pending", callback_url = callbackUrl, metadata = new { by = operation } },
        ("Idempotency-Key", operation));

    public Task<HistoryLine> ChangeAsync(string operation, string id, long from, string status) => RecordAsync(
        new HistoryLine { Asked = Asked.Change, Client = client, Begin = history.Now, End = 0, Answer = 0, Operation = operation,
            From = from, Id = id },
        HttpMethod.Patch, $"/v1/jobs/{id}", new { status, metadata = new { by = operation } },
        ("If-Match", string.Create(CultureInfo.InvariantCulture, $"\"{from}\"")));

    public Task<HistoryLine> ReadAsync(string id) => RecordAsync(
        new HistoryLine { Asked = Asked.Read, Client = client, Begin = history.Now, End = 0, Answer = 0, Id = id },
        HttpMethod.Get, $"/v1/jobs/{id}", body: null);

    /// <summary>All jobs, page by page. A page that was not had ends the walk, which is then no list.</summary>
    public async Task<HistoryLine> ListAsync(Asked asked = Asked.List)
    {
        var line = new HistoryLine { Asked = asked, Client = client, Begin = history.Now, End = 0, Answer = 0 };
        List<SeenState> jobs = [];
        while (true)
        {
            var (answer, body) = await AskAsync(
                HttpMethod.Get, jobs.Count == 0
                    ? $"/v1/jobs?limit={PageLength}"
                    : $"/v1/jobs?limit={PageLength}&after={jobs[^1].Id}", body: null);
            SeenState[] page = answer == 200 && body is { ValueKind: JsonValueKind.Array } rows
                ? [.. rows.EnumerateArray().Select(State)]
                : [];
            jobs.AddRange(page);
            if (answer != 200 || page.Length == 0)
                return Add(line with { End = history.Now, Answer = answer, Jobs = answer == 200 ? jobs : null });
        }
    }

    public async Task<HistoryLine> CountAsync()
    {
        var line = new HistoryLine { Asked = Asked.LastCount, Client = client, Begin = history.Now, End = 0, Answer = 0 };
        var (answer, body) = await AskAsync(HttpMethod.Get, "/v1/jobs/stats", body: null);
        return Add(line with
        {
            End = history.Now,
            Answer = answer,
            Counts = answer == 200 ? body!.Value.GetProperty("by_status").Deserialize<Dictionary<string, long>>() : null,
        });
    }

    public void Dispose() => _http.Dispose();

    private async Task<HistoryLine> RecordAsync(
        HistoryLine line, HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
    {
        var (answer, told) = await AskAsync(method, path, body, headers);
        return Add(line with
        {
            End = history.Now,
            Answer = answer,
            Job = answer is >= 200 and < 300 && told is { ValueKind: JsonValueKind.Object } job ? State(job) : null,
        });
    }

    private HistoryLine Add(HistoryLine line)
    {
        history.Add(line);
        return line;
    }

    /// <summary>0: nobody answered.</summary>
    private async Task<(int Answer, JsonElement? Body)> AskAsync(
        HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(
            method, new Uri(address(), path)) { Content = body is null ? null : JsonContent.Create(body) };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using var answer = await _http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            return ((int)answer.StatusCode, answer.IsSuccessStatusCode ? JsonSerializer.Deserialize<JsonElement>(text) : null);
        }
        catch (Exception lost) when (lost is HttpRequestException or TaskCanceledException or IOException)
        {
            return (0, null);
        }
    }

    private static SeenState State(JsonElement job) => new(
        job.GetProperty("id").GetString()!,
        job.GetProperty("status").GetString()!,
        job.GetProperty("version").GetInt64(),
        job.TryGetProperty("completed_at", out var at) && at.ValueKind == JsonValueKind.String ? at.GetDateTimeOffset() : null);
}
