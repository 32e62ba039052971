using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using JobTracker.Tests.Support.Contract;

namespace JobTracker.Tests.Processes;

/// <summary>The HTTP API as a caller without any retries sees it.</summary>
internal sealed class JobApi(Uri address, string? key = null) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Another build keeps to a contract of its own.</summary>
    private readonly HttpClient _http = new(
        OldBuild.Folder is null ? new ContractHandler(new SocketsHttpHandler()) : new SocketsHttpHandler())
    {
        BaseAddress = address,
        Timeout = Patience,
        DefaultRequestHeaders = { Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key) },
    };

    public Uri Address => address;

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(new Uri(path, UriKind.Relative));

    /// <summary>Asks for a new pending job.</summary>
    public Task<HttpResponseMessage> PostJobAsync() => _http.PostAsJsonAsync("/v1/jobs", new { status = "pending" });

    /// <summary>A new running job whose completion is told to this URL.</summary>
    public async Task<SeenJob> CreateRunningAsync(string callbackUrl) =>
        await SuccessAsync<SeenJob>(await _http.PostAsJsonAsync("/v1/jobs", new { status = "running", callback_url = callbackUrl }));

    /// <summary>How the telling of a job's end stands.</summary>
    public async Task<SeenCallback> ReadCallbackAsync(string id) => await SuccessAsync<SeenCallback>(await GetAsync($"/v1/jobs/{id}"));

    public async Task<string> CallbackSecretAsync() =>
        (await SuccessAsync<JsonElement>(await GetAsync("/v1/callback-secret"))).GetProperty("secret").GetString()!;

    /// <summary>Asks for another status.</summary>
    public Task<HttpResponseMessage> PatchAsync(string id, string status) => _http.PatchAsJsonAsync($"/v1/jobs/{id}", new { status });

    public async Task<SeenJob> CreateAsync() => await SuccessAsync<SeenJob>(await PostJobAsync());

    public async Task<SeenJob> MoveAsync(string id, string status) => await SuccessAsync<SeenJob>(await PatchAsync(id, status));

    public async Task<SeenJob> ReadAsync(string id) => await SuccessAsync<SeenJob>(await GetAsync($"/v1/jobs/{id}"));

    /// <summary>The job once it has ended; waits at the server.</summary>
    public async Task<SeenJob> ReadEndedAsync(string id) =>
        await SuccessAsync<SeenJob>(await GetAsync($"/v1/jobs/{id}?wait=15&until=terminal"));

    /// <summary>Submits a batch to the account claude.</summary>
    public async Task<SeenBatch> CreateBatchAsync(object[] items) =>
        await SuccessAsync<SeenBatch>(await _http.PostAsJsonAsync("/v1/batches", new { provider = "claude", items }));

    public async Task<SeenBatch> ReadBatchAsync(string id) => await SuccessAsync<SeenBatch>(await GetAsync($"/v1/batches/{id}"));

    /// <summary>The provider's lines.</summary>
    public async Task<string[]> ReadResultsAsync(string id) =>
        (await _http.GetStringAsync(new Uri($"/v1/batches/{id}/results", UriKind.Relative)))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public async Task<SeenStats> StatsAsync() => await SuccessAsync<SeenStats>(await GetAsync("/v1/jobs/stats"));

    /// <summary>Every job, page by page.</summary>
    public async Task<List<SeenJob>> ListAsync()
    {
        List<SeenJob> jobs = [];
        for (var path = "/v1/jobs?limit=500"; ; path = $"/v1/jobs?limit=500&after={jobs[^1].Id}")
        {
            var page = await SuccessAsync<List<SeenJob>>(await GetAsync(path));
            if (page.Count == 0)
                return jobs;
            jobs.AddRange(page);
        }
    }

    /// <summary>The job as its event stream tells it, until the stream ends.</summary>
    public async IAsyncEnumerable<SeenJob> WatchAsync(string id)
    {
        await using var stream = await _http.GetStreamAsync(new Uri($"/v1/jobs/{id}/events", UriKind.Relative));
        await foreach (var item in SseParser.Create(stream).EnumerateAsync())
            yield return JsonSerializer.Deserialize<SeenJob>(item.Data, JsonSerializerOptions.Web)!;
    }

    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await GetAsync("/healthz/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    public void Dispose() => _http.Dispose();

    private static async Task<T> SuccessAsync<T>(HttpResponseMessage answer)
    {
        using (answer)
        {
            if (!answer.IsSuccessStatusCode)
                throw new HttpRequestException(await answer.Content.ReadAsStringAsync(), inner: null, answer.StatusCode);
            return (await answer.Content.ReadFromJsonAsync<T>())!;
        }
    }
}
