using System.Globalization;
using System.Text.Json;
using JobTracker.Tests.Processes.Faults.Checking;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Processes.Faults.Load;

/// <summary>Several clients at once, and the receiver of their callbacks, which fails now and then.</summary>
internal sealed class FaultLoad : IAsyncDisposable
{
    private const int Clients = 10;

    /// <summary>Of so many calls the receiver refuses one, and loses the answer to one.</summary>
    private const int RefusedOne = 7;

    private readonly TestReceiver _receiver;
    private readonly HistoryFile _history;
    private readonly CancellationTokenSource _over = new();
    private readonly List<RecordedApi> _apis = [];
    private Task _running = Task.CompletedTask;
    private int _calls;

    private FaultLoad(TestReceiver receiver, HistoryFile history) => (_receiver, _history) = (receiver, history);

    /// <param name="address">Where a client's next request goes.</param>
    public static async Task<FaultLoad> StartAsync(Func<int, Uri> address, HistoryFile history, int seed)
    {
        var load = new FaultLoad(await TestReceiver.StartAsync(), history);
        load._receiver.Answer = load.Receive;
        load._running = Task.WhenAll(Enumerable.Range(0, Clients).Select(number => load.RunAsync(number, address, seed)));
        return load;
    }

    /// <summary>Lets each client end what it is at.</summary>
    public async Task StopAsync()
    {
        await _over.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _receiver.DisposeAsync();
        _apis.ForEach(api => api.Dispose());
        _over.Dispose();
    }

    private Task RunAsync(int number, Func<int, Uri> address, int seed)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"c{number}");
        var requests = number;
        var api = new RecordedApi(name, () => address(requests++), _history);
        lock (_apis)
            _apis.Add(api);
        return new LoadClient(api, name, _receiver.Url(), new Random(seed + number)).RunAsync(_over.Token);
    }

    private TestAnswer Receive(ReceivedRequest request)
    {
        using var body = JsonDocument.Parse(request.Body);
        var now = _history.Now;
        _history.Add(new HistoryLine
        {
            Asked = Asked.Callback,
            Client = "receiver",
            Begin = now,
            End = now,
            Answer = 0,
            WebhookId = request.Id,
            Job = new SeenState(
                body.RootElement.GetProperty("job_id").GetString()!, body.RootElement.GetProperty("status").GetString()!, Version: 0,
                body.RootElement.GetProperty("completed_at").GetDateTimeOffset()),
        });
        return (Interlocked.Increment(ref _calls) % RefusedOne) switch
        {
            0 => TestAnswer.Status(500),
            1 => TestAnswer.Reset,
            _ => TestAnswer.Status(204),
        };
    }
}
