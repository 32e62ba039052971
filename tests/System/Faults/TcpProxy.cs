using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace JobTracker.Tests.Processes.Faults;

/// <summary>
/// A way to a server on loopback that can be cut: then what is open breaks, or says nothing more, and nothing new gets through.
/// </summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly ConcurrentDictionary<Socket, byte> _open = [];
    private readonly CancellationTokenSource _over = new();
    private readonly Task _accepting;
    private volatile TaskCompletionSource _passes = Done();
    private volatile bool _refuses;

    private TcpProxy(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public static TcpProxy To(int port) => new(port);

    /// <summary>Breaks all connections and refuses new ones, until <see cref="Mend"/>.</summary>
    public void Cut()
    {
        _refuses = true;
        foreach (var socket in _open.Keys)
            socket.Close(0);
    }

    /// <summary>Lets nothing through in either direction, as a network that drops packets, until <see cref="Mend"/>.</summary>
    public void Hang() => _passes = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Mend()
    {
        _refuses = false;
        _passes.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        Cut();
        _passes.TrySetResult();
        await _accepting;
        _over.Dispose();
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        done.SetResult();
        return done;
    }

    private async Task AcceptAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptSocketAsync(_over.Token);
                if (_refuses)
                    client.Close(0);
                else
                    _ = PassAsync(client);
            }
            catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task PassAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        (_open[client], _open[server]) = (0, 0);
        try
        {
            await _passes.Task.WaitAsync(_over.Token);
            await server.ConnectAsync(IPAddress.Loopback, _target, _over.Token);
            await Task.WhenAny(PumpAsync(client, server), PumpAsync(server, client));
        }
        catch (Exception broken) when (broken is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // As connections break.
        }
        finally
        {
            _open.TryRemove(client, out _);
            _open.TryRemove(server, out _);
            client.Close(0);
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 << 10];
        try
        {
            while (await from.ReceiveAsync(buffer, _over.Token) is > 0 and var bytes)
            {
                await _passes.Task.WaitAsync(_over.Token);
                await to.SendAsync(buffer.AsMemory(0, bytes), _over.Token);
            }
        }
        catch (Exception broken) when (broken is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // As connections break.
        }
    }
}
