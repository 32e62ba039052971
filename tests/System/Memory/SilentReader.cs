using System.Net.Sockets;
using System.Text;

namespace JobTracker.Tests.Processes.Memory;

/// <summary>Asks for a list and reads nothing of the answer, or hardly anything.</summary>
internal sealed class SilentReader : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);

    public static async Task<SilentReader> AskAsync(Uri address, string path)
    {
        var reader = new SilentReader();
        await reader._socket.ConnectAsync(address.Host, address.Port);
        await reader._socket.SendAsync(
            Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: close\r\n\r\n"));
        return reader;
    }

    /// <summary>Reads a kilobyte every second, until the server has had enough of it.</summary>
    public async Task ReadSlowlyAsync(TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience, TimeProvider.System);
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1), TimeProvider.System);
        var kilobyte = new byte[1_024];
        try
        {
            while (!IsCutOff && await _socket.ReceiveAsync(kilobyte, deadline.Token) > 0)
                await pace.WaitForNextTickAsync(deadline.Token);
        }
        catch (SocketException)
        {
            // Broken off.
        }
    }

    /// <summary>The server has broken the connection off: a reset, for there is much that it could not send.</summary>
    public bool IsCutOff => _socket.Poll(0, SelectMode.SelectError);

    public void Dispose() => _socket.Dispose();
}
