using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace JobTracker.Tests.Processes.Memory;

/// <summary>One of many connections: it sends what it is given, and reads no more than the status of the answer.</summary>
internal sealed class CrowdMember : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    /// <param name="head">The request line and the headers of the request, but for Host and the key; the body follows by itself.</param>
    public static async Task<CrowdMember> AskAsync(Uri address, string head, string key)
    {
        var member = new CrowdMember();
        await member._socket.ConnectAsync(address.Host, address.Port);
        await member.SendAsync(
            Encoding.ASCII.GetBytes($"{head}\r\nHost: {address.Authority}\r\nAuthorization: Bearer {key}\r\n\r\n"), default);
        return member;
    }

    /// <summary>What of it the server still takes; it may have answered and closed.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        try
        {
            while (bytes.Length > 0)
                bytes = bytes[await _socket.SendAsync(bytes, cancellation)..];
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The answer tells why, if there is one.
        }
    }

    /// <summary>A byte a second, until the work ends.</summary>
    public async Task TrickleAsync(Task until)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1), TimeProvider.System);
        while (!until.IsCompleted && await pace.WaitForNextTickAsync())
            await SendAsync("x"u8.ToArray(), default);
    }

    /// <summary>Of the answer; 0: the connection was closed without one.</summary>
    public async Task<int> StatusAsync()
    {
        var head = new byte[12]; // HTTP/1.1 200
        try
        {
            for (var read = 0; read < head.Length;)
            {
                var more = await _socket.ReceiveAsync(head.AsMemory(read));
                if (more == 0)
                    return 0;
                read += more;
            }
        }
        catch (SocketException)
        {
            return 0;
        }

        return int.Parse(Encoding.ASCII.GetString(head, 9, 3), CultureInfo.InvariantCulture);
    }

    public void Dispose() => _socket.Dispose();
}
