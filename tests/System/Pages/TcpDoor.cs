using System.Net;
using System.Net.Sockets;

namespace JobTracker.Tests.Processes.Pages;

/// <summary>
/// One address for several gateways, without any affinity: each connection goes to the next of them that takes it, as a service of
/// Kubernetes does.
/// </summary>
internal sealed class TcpDoor : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly Uri[] _behind;
    private readonly Task _taking;
    private int _turn;

    public TcpDoor(params Uri[] behind)
    {
        _behind = behind;
        _listener.Start();
        _taking = TakeAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Dispose();
        await _taking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _over.Dispose();
    }

    private async Task TakeAsync()
    {
        while (!_over.IsCancellationRequested)
            _ = CarryAsync(await _listener.AcceptTcpClientAsync(_over.Token));
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var near = client;
        try
        {
            using var far = await ConnectAsync();
            await Task.WhenAny(
                near.GetStream().CopyToAsync(far.GetStream(), _over.Token), far.GetStream().CopyToAsync(near.GetStream(), _over.Token));
        }
        catch (Exception end) when (end is SocketException or IOException or OperationCanceledException)
        {
            // Whoever was at the other end hears of it by the end of his connection.
        }
    }

    private async Task<TcpClient> ConnectAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            var address = _behind[(uint)Interlocked.Increment(ref _turn) % _behind.Length];
            var far = new TcpClient();
            try
            {
                await far.ConnectAsync(address.Host, address.Port, _over.Token);
                return far;
            }
            catch (SocketException) when (attempt < _behind.Length)
            {
                far.Dispose();
            }
        }
    }
}
