using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace JobTracker.Tests.Support;

/// <summary>
/// A way to a server on which what clients send can be held back: it is not lost, and comes when the lines thaw, even if its client has
/// given up meanwhile.
/// </summary>
internal sealed class FreezingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);
    private readonly ConcurrentBag<Line> _lines = [];
    private readonly int _server;

    private FreezingProxy(int server) => _server = server;

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>New connections are closed as soon as they come.</summary>
    public bool Refuses { get; set; }

    public static FreezingProxy Start(int server)
    {
        var proxy = new FreezingProxy(server);
        proxy._listener.Start();
        _ = proxy.AcceptAsync();
        return proxy;
    }

    /// <summary>Holds back what comes on the lines of now; those that come later are none of them.</summary>
    public void Freeze()
    {
        foreach (var line in _lines)
            line.Freeze();
    }

    /// <summary>
    /// Lets it go on. Done when the server is done with every line that was held, and has closed it: of lines whose client has gone.
    /// </summary>
    public Task ThawAsync()
    {
        var held = _lines.Where(line => line.IsFrozen).ToList();
        held.ForEach(line => line.Thaw());
        return Task.WhenAll(held.Select(line => line.Ended));
    }

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        foreach (var line in _lines)
            line.Dispose();
        return default;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync();
                if (Refuses)
                {
                    client.Dispose();
                    continue;
                }

                var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await server.ConnectAsync(IPAddress.Loopback, _server);
                _lines.Add(new Line(client, server));
            }
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
        {
            // The test is over, or the server is.
        }
    }

    private sealed class Line : IDisposable
    {
        private readonly Socket _client;
        private readonly Socket _server;
        private TaskCompletionSource? _frozen;

        public Line(Socket client, Socket server)
        {
            (_client, _server) = (client, server);
            _ = PumpAsync(client, server, isHeld: true);
            Ended = PumpAsync(server, client, isHeld: false);
        }

        /// <summary>The server has closed it.</summary>
        public Task Ended { get; }

        public bool IsFrozen => _frozen is { Task.IsCompleted: false };

        public void Freeze() => _frozen ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Thaw() => _frozen?.TrySetResult();

        public void Dispose()
        {
            Thaw();
            _client.Dispose();
            _server.Dispose();
        }

        private async Task PumpAsync(Socket from, Socket to, bool isHeld)
        {
            var buffer = new byte[1 << 18];
            for (var read = 1; read > 0;)
            {
                read = await TryAsync(() => from.ReceiveAsync(buffer));
                if (isHeld && _frozen is { } frozen)
                    await frozen.Task;
                var (sent, end) = (0, read);
                while (sent < end && await TryAsync(() => to.SendAsync(buffer.AsMemory(sent, end - sent)).AsTask()) is > 0 and var some)
                    sent += some;
            }

            await TryAsync(() =>
            {
                to.Shutdown(SocketShutdown.Send);
                return Task.FromResult(0);
            });
        }

        /// <summary>0 where the other side has gone: then nothing more comes, and nothing is heard.</summary>
        private static async Task<int> TryAsync(Func<Task<int>> io)
        {
            try
            {
                return await io();
            }
            catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
            {
                return 0;
            }
        }
    }
}
