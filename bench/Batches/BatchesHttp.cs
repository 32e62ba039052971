using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using JobTracker.Bench.Http;

namespace JobTracker.Bench.Batches;

/// <summary>The HTTP API of the silo under test, and the controls of the stand-in.</summary>
internal sealed class BatchesHttp(ServerProcess silo, ServerProcess standIn) : IDisposable
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _api = new() { BaseAddress = new Uri(ServerProcess.Url(silo.Port)), Timeout = TimeSpan.FromMinutes(10) };
    private readonly HttpClient _standIn =
        new() { BaseAddress = new Uri(ServerProcess.Url(standIn.Port)), Timeout = TimeSpan.FromMinutes(1) };

    /// <summary>Submits a batch as lines that are made while they are sent.</summary>
    public async Task<string> SubmitAsync(int items)
    {
        using var content = new LinesContent(items);
        using var answer = await _api.PostAsync(new Uri("/v1/batches", UriKind.Relative), content);
        return (await ReadAsync(answer)).GetProperty("id").GetString()!;
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await _api.GetAsync(new Uri(path, UriKind.Relative));
        return await ReadAsync(answer);
    }

    public async Task PostAsync(string path)
    {
        using var answer = await _api.PostAsync(new Uri(path, UriKind.Relative), null);
        await ReadAsync(answer);
    }

    public async Task<JsonElement> StandInAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri($"/_standin/{path}", UriKind.Relative))
        { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await _standIn.SendAsync(request);
        return await ReadAsync(answer);
    }

    /// <summary>The batch, as soon as it is as it should be.</summary>
    public async Task<JsonElement> UntilAsync(string id, Func<JsonElement, bool> isAsItShould)
    {
        while (true)
        {
            var batch = await GetAsync($"/v1/batches/{id}");
            if (isAsItShould(batch))
                return batch;
            await Task.Delay(Often, TimeProvider.System);
        }
    }

    public void Dispose()
    {
        _api.Dispose();
        _standIn.Dispose();
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"{answer.RequestMessage!.RequestUri} answered {(int)answer.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    private sealed class LinesContent : HttpContent
    {
        private readonly int _items;

        public LinesContent(int items)
        {
            _items = items;
            Headers.ContentType = new("application/jsonl");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            var lines = new BufferedStream(stream, 64 * 1024);
            await lines.WriteAsync("{\"provider\":\"claude\"}\n"u8.ToArray());
            for (var item = 0; item < _items; item++)
            {
                await lines.WriteAsync(Encoding.UTF8.GetBytes(
                    $"{{\"custom_id\":\"item-{item:000000}\",\"params\":{{\"model\":\"m\",\"max_tokens\":10,\"messages\":[{{\"role\":\"user\",\"content\":\"Hello\"}}]}}}}\n"));
            }
            await lines.FlushAsync();
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
