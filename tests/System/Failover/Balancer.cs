namespace JobTracker.Tests.Processes.Failover;

/// <summary>
/// What stands before gateways: sends requests round to those that say that they are ready, and looks every half a second, as an
/// orchestrator does.
/// </summary>
internal sealed class Balancer : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LookPatience = TimeSpan.FromSeconds(2);

    private readonly HttpClient _looks = new() { Timeout = LookPatience };
    private readonly CancellationTokenSource _over = new();
    private readonly Lock _lock = new();
    private readonly List<Uri> _all = [];
    private readonly Task _looking;
    private volatile Uri[] _ready = [];
    private int _turn;

    public Balancer() => _looking = LookAsync();

    public void Add(Uri address)
    {
        lock (_lock)
            _all.Add(address);
    }

    public void Remove(Uri address)
    {
        lock (_lock)
            _all.Remove(address);
        _ready = [.. _ready.Where(other => other != address)];
    }

    public bool IsReady(Uri address) => _ready.Contains(address);

    /// <summary>Null: nobody is ready.</summary>
    public Uri? Next() => _ready is { Length: > 0 } ready ? ready[(uint)Interlocked.Increment(ref _turn) % ready.Length] : null;

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _over.Dispose();
        _looks.Dispose();
    }

    private async Task LookAsync()
    {
        using var timer = new PeriodicTimer(Pace, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(_over.Token))
        {
            Uri[] all;
            lock (_lock)
                all = [.. _all];
            var looks = await Task.WhenAll(all.Select(async address => (address, IsReady: await SaysReadyAsync(address))));
            lock (_lock)
                _ready = [.. looks.Where(look => look.IsReady && _all.Contains(look.address)).Select(look => look.address)];
        }
    }

    private async Task<bool> SaysReadyAsync(Uri address)
    {
        try
        {
            using var answer = await _looks.GetAsync(new Uri(address, "/healthz/ready"), _over.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
