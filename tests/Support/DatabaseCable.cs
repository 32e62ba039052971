using System.Net;
using System.Net.Sockets;

namespace JobTracker.Tests.Support;

/// <summary>
/// What lies between a process and its database: an address that passes everything on to another until it is cut, when it hangs up and
/// refuses everybody, or falls silent, when it takes everything and passes nothing on.
/// </summary>
public sealed class DatabaseCable : IAsyncDisposable
{
    private readonly int _port = LoopbackPort.Free();
    private readonly int _target;
    private readonly Lock _turn = new();
    private readonly List<Socket> _sockets = [];
    private readonly List<Task> _work = [];
    private Socket? _listener;
    private volatile bool _isSilent;

    public DatabaseCable(string connectionString)
    {
        var settings = new Npgsql.NpgsqlConnectionStringBuilder(connectionString);
        _target = settings.Port;
        settings.Port = _port;
        ConnectionString = settings.ConnectionString;
        Mend();
    }

    /// <summary>The same database, by this cable.</summary>
    public string ConnectionString { get; }

    public void Cut()
    {
        lock (_turn)
        {
            _listener?.Dispose();
            _listener = null;
            _sockets.ForEach(socket => socket.Dispose());
            _sockets.Clear();
        }
    }

    public void FallSilent() => _isSilent = true;

    /// <summary>New connections pass; what was swallowed stays so.</summary>
    public void Mend()
    {
        Cut();
        _isSilent = false;
        lock (_turn)
        {
            _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, _port));
            _listener.Listen();
            _work.Add(AcceptAsync(_listener));
        }
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        Task[] work;
        lock (_turn)
            work = [.. _work];
        await Task.WhenAll(work);
    }

    private async Task AcceptAsync(Socket listener)
    {
        await Task.Yield();
        try
        {
            while (true)
                Join(await listener.AcceptAsync());
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // It was cut.
        }
    }

    private void Join(Socket near)
    {
        var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        lock (_turn)
        {
            _sockets.AddRange([near, far]);
            _work.Add(PassAsync(near, far));
        }
    }

    private async Task PassAsync(Socket near, Socket far)
    {
        await Task.Yield();
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _target);
            await Task.WhenAny(CopyAsync(near, far), CopyAsync(far, near));
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // It was cut, or nobody listens behind it.
        }

        near.Dispose();
        far.Dispose();
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[1 << 14];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                for (var sent = 0; sent < count && !_isSilent;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // Either end hung up.
        }
    }
}
