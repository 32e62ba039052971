using System.Net.Sockets;
using System.Text;

namespace JobTracker.Tests.Processes.Memory;

/// <summary>Asks for a list and never reads a byte of the answer.</summary>
internal sealed class SilentReader : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);

    public static async Task<SilentReader> AskAsync(Uri address, string path)
    {
        var reader = new SilentReader();
        await reader._socket.ConnectAsync(address.Host, address.Port);
        await reader._socket.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\n\r\n"));
        return reader;
    }

    /// <summary>The server has broken the connection off: a reset, for there is much that it could not send.</summary>
    public bool IsCutOff => _socket.Poll(0, SelectMode.SelectError);

    public void Dispose() => _socket.Dispose();
}
