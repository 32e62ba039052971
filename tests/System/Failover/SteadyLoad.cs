using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;

namespace JobTracker.Tests.Processes.Failover;

/// <summary>
/// Sends so many requests a second whether those before are answered or not: creates, reads, and changes of jobs that it made. It repeats
/// nothing, and records every request.
/// </summary>
internal sealed class SteadyLoad(Func<Uri?> target, int perSecond) : IDisposable
{
    /// <summary>
    /// 100 requests a second, which two processors serve beside processes that start; JOBTRACKER_LOAD asks for another number. The bars
    /// are for 300, on a machine with nothing else to do.
    /// </summary>
    public static readonly int PerSecond =
        int.TryParse(Environment.GetEnvironmentVariable("JOBTRACKER_LOAD"), CultureInfo.InvariantCulture, out var asked) ? asked : 100;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5) })
    {
        Timeout = Patience,
    };

    private readonly ConcurrentQueue<LoadRecord> _records = new();
    private readonly ConcurrentQueue<string> _running = new();
    private readonly ConcurrentDictionary<int, string> _known = new();
    private readonly CancellationTokenSource _over = new();
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private int _made;
    private Task _sending = Task.CompletedTask;

    public IReadOnlyCollection<LoadRecord> Records => _records;

    /// <summary>
    /// How late this machine ran the load's own timer at worst: so much later than it should, anything may run here while others have the
    /// processors.
    /// </summary>
    public TimeSpan LongestStall { get; private set; }

    public TimeSpan Now => TimeProvider.System.GetElapsedTime(_began);

    /// <summary>Returns when its first jobs stand.</summary>
    public async Task StartAsync()
    {
        _sending = SendAllAsync();
        await Polling.UntilAsync(Patience, () => Task.FromResult(_made > perSecond / 2), () => "no load");
    }

    /// <summary>Sends no more, and waits for what was sent.</summary>
    public async Task StopAsync()
    {
        await _over.CancelAsync();
        await _sending.WaitAsync(2 * Patience, TimeProvider.System);
    }

    public void Dispose()
    {
        _http.Dispose();
        _over.Dispose();
    }

    /// <summary>How many of which status, and how long they took.</summary>
    public string Story()
    {
        var took = _records.Select(record => record.Took.TotalMilliseconds).Order().ToArray();
        var statuses = _records.CountBy(record => record.Status).OrderBy(count => count.Key)
            .Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key}: {count.Value}"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{took.Length} requests; {string.Join(", ", statuses)}; median {took[took.Length / 2]:0} ms, 99 % {took[took.Length * 99 / 100]:0} ms, longest {took[^1]:0} ms; stalls of this machine up to {LongestStall.TotalMilliseconds:0} ms");
    }

    /// <summary>Of what failed, a line for each kind: how many, and when the first and the last of them were sent.</summary>
    public IEnumerable<string> Failures(TimeSpan since = default) => _records.Where(record => !record.IsSuccess)
        .GroupBy(record => $"{record.Method} {record.Status} {record.Code}", StringComparer.Ordinal)
        .Select(kind => string.Create(
            CultureInfo.InvariantCulture,
            $"{kind.Count()} x {kind.Key}, at {kind.Min(record => (record.Begin - since).TotalSeconds):0.0} to {kind.Max(record => (record.Begin - since).TotalSeconds):0.0} s"));

    private async Task SendAllAsync()
    {
        List<Task> sent = [];
        var owed = 0.0;
        using var timer = new PeriodicTimer(Tick, TimeProvider.System);
        var last = TimeProvider.System.GetTimestamp();
        while (!_over.IsCancellationRequested && await timer.WaitForNextTickAsync())
        {
            var now = TimeProvider.System.GetTimestamp();
            // What a busy machine could not send in time is not sent all at once.
            var tick = TimeProvider.System.GetElapsedTime(last, now);
            LongestStall = tick - Tick > LongestStall ? tick - Tick : LongestStall;
            owed = Math.Min(owed + (tick.TotalSeconds * perSecond), perSecond / 10.0);
            last = now;
            for (; owed >= 1; owed--)
                sent.Add(SendOneAsync());
            sent.RemoveAll(request => request.IsCompleted);
        }
        await Task.WhenAll(sent);
    }

    private async Task SendOneAsync()
    {
        var draw = Random.Shared.Next(10);
        if (draw < 3 && _running.TryDequeue(out var id))
            await SendAsync(HttpMethod.Patch, $"/v1/jobs/{id}", new { status = "completed" });
        else if (draw < 6 && _made > 0)
            await SendAsync(HttpMethod.Get, $"/v1/jobs/{_known[Random.Shared.Next(_made)]}", body: null);
        else if (await SendAsync(HttpMethod.Post, "/v1/jobs", new { status = "running" }) is { } job)
            Know(job.Id);
    }

    private void Know(string id)
    {
        lock (_known)
        {
            _known[_made] = id;
            _made++;
        }
        _running.Enqueue(id);
    }

    private async Task<SeenJob?> SendAsync(HttpMethod method, string path, object? body)
    {
        var begin = Now;
        if (target() is not { } address)
        {
            Record(begin, method, path, 0, "nobody is ready");
            return null;
        }
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(address, path));
            if (body is not null)
                request.Content = JsonContent.Create(body);
            using var answer = await _http.SendAsync(request);
            var note = answer.IsSuccessStatusCode ? null : await answer.Content.ReadAsStringAsync();
            var job = note is null ? await answer.Content.ReadFromJsonAsync<SeenJob>() : null;
            Record(begin, method, path, (int)answer.StatusCode, note);
            return job;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException or IOException)
        {
            Record(begin, method, path, 0, $"{address}: {fault.Message}");
            return null;
        }
    }

    private void Record(TimeSpan begin, HttpMethod method, string path, int status, string? note) =>
        _records.Enqueue(new LoadRecord(begin, Now, method.Method, path, status, note));
}
