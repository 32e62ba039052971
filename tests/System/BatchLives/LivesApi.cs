using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace JobTracker.Tests.Processes.BatchLives;

/// <summary>A caller who repeats a command, under its idempotency key, until some silo has taken it.</summary>
internal sealed class LivesApi(LivesCluster cluster) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(15) };

    /// <summary>Answers 500: the service knows no way that leads to one.</summary>
    public ConcurrentQueue<string> Faults { get; } = [];

    public async Task<JsonElement> AskAsync(HttpMethod method, string path, object? body = null, string? key = null) =>
        JsonSerializer.Deserialize<JsonElement>(await TextAsync(method, path, body, key));

    public async Task<string> TextAsync(HttpMethod method, string path, object? body = null, string? key = null)
    {
        using var deadline = new CancellationTokenSource(Patience, TimeProvider.System);
        using var timer = new PeriodicTimer(Pause, TimeProvider.System);
        for (var attempt = 0; ; attempt++)
        {
            if (await TryAsync(new Uri(cluster.Address(attempt), path), method, body, key) is { } text)
                return text;
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Null: nobody answered, or not now.</summary>
    /// <exception cref="HttpRequestException">It was refused.</exception>
    private async Task<string?> TryAsync(Uri address, HttpMethod method, object? body, string? key)
    {
        using var request = new HttpRequestMessage(method, address) { Content = body is null ? null : JsonContent.Create(body) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        try
        {
            using var answer = await _http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.IsSuccessStatusCode)
                return text;
            if ((int)answer.StatusCode < 500)
                throw new HttpRequestException($"{method} {address.PathAndQuery}: {text}", inner: null, answer.StatusCode);
            if (answer.StatusCode is HttpStatusCode.InternalServerError)
                Faults.Enqueue($"{method} {address.PathAndQuery}: {text}");
            return null;
        }
        catch (Exception lost) when (lost is HttpRequestException { StatusCode: null } or TaskCanceledException or IOException)
        {
            return null;
        }
    }
}
