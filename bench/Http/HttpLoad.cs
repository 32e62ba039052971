using System.Collections.Concurrent;
using System.Text;

namespace JobTracker.Bench.Http;

/// <summary>Asks one server for one thing after the other, on many connections at once.</summary>
/// <param name="key">Its holder asks; null: nobody signs in.</param>
internal sealed class HttpLoad(ServerProcess server, int connections, string? key = null) : IDisposable
{
    private const string Body = """{"job_type":"run","metadata":{"source_id":null,"team":"bench","priority":3}}""";
    private const int IdLength = 40;

    private static readonly string[] Steps = ["pending", "running", "completed"];

    private readonly List<RawConnection> _open = [];
    private readonly ConcurrentQueue<string> _unmoved = new();
    private volatile string[] _known = [];

    /// <summary>In this order: what is got and changed was created before.</summary>
    public static string[] Kinds { get; } = ["create", "get", "patch", "list"];

    public string Server => server.Name;

    public async Task<HttpResult> RunAsync(string kind, TimeSpan duration)
    {
        while (_open.Count < connections)
            _open.Add(await RawConnection.OpenAsync(server.Port, key));
        if (kind == "create")
            _unmoved.Clear();
        else
            _known = [.. _unmoved, .. _known.Take(1000)];
        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();
        var latencies = await Task.WhenAll(_open.Select(async connection =>
        {
            await Task.Yield();
            var own = new List<double>();
            foreach (var request in Requests(kind))
            {
                if (clock.GetElapsedTime(start) >= duration)
                    break;
                var sent = clock.GetTimestamp();
                var answer = await connection.SendAsync(request.Method, request.Path, request.Body);
                own.Add(clock.GetElapsedTime(sent).TotalMilliseconds);
                if (kind == "create")
                    _unmoved.Enqueue(IdIn(answer.Span));
            }

            return own;
        }));
        var seconds = clock.GetElapsedTime(start).TotalSeconds;
        var all = latencies.SelectMany(own => own).ToArray();
        return new(all.Length / seconds, all.Percentile(50), all.Percentile(99));
    }

    public void Dispose() => _open.ForEach(connection => connection.Dispose());

    private IEnumerable<(string Method, string Path, string? Body)> Requests(string kind) => kind switch
    {
        "create" => Enumerable.Repeat(("POST", "/v1/jobs", (string?)Body), int.MaxValue),
        "get" =>
            Enumerable.Range(0, int.MaxValue).Select(_ => ("GET", $"/v1/jobs/{_known[Random.Shared.Next(_known.Length)]}", (string?)null)),
        "patch" => Moves(),
        _ => Enumerable.Repeat(("GET", "/v1/jobs?limit=20", (string?)null), int.MaxValue),
    };

    /// <summary>Ends early when every job there is has been through all its steps.</summary>
    private IEnumerable<(string Method, string Path, string? Body)> Moves()
    {
        while (_unmoved.TryDequeue(out var id))
        {
            foreach (var step in Steps)
                yield return ("PATCH", $"/v1/jobs/{id}", $$"""{"status":"{{step}}"}""");
        }
    }

    private static string IdIn(ReadOnlySpan<byte> answer) => Encoding.ASCII.GetString(answer.Slice(answer.IndexOf("job-"u8), IdLength));
}

/// <summary>Requests per second and milliseconds.</summary>
internal sealed record HttpResult(double PerSecond, double P50, double P99);
