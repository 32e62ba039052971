using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace JobTracker.Bench.Http;

/// <summary>
/// One kept-alive HTTP/1.1 connection that does no more than a load needs:
/// a general client would take the processor time that is to be measured.
/// </summary>
internal sealed class RawConnection(string? key = null) : IDisposable
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(30);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[1 << 18];
    private readonly string _signedIn = key is null ? "" : $"Authorization: Bearer {key}\r\n";

    public static async Task<RawConnection> OpenAsync(int port, string? key = null)
    {
        var connection = new RawConnection(key);
        await connection._socket.ConnectAsync(IPAddress.Loopback, port);
        return connection;
    }

    /// <summary>Sends a request and reads its answer whole.</summary>
    /// <returns>The answer, headers included, until the next call.</returns>
    /// <exception cref="InvalidOperationException">The answer is not a success.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> SendAsync(string method, string path, string? body = null)
    {
        var request = body is null
            ? $"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{_signedIn}\r\n"
            : string.Create(CultureInfo.InvariantCulture, $"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{_signedIn}Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        await _socket.SendAsync(Encoding.ASCII.GetBytes(request));
        using var patience = new CancellationTokenSource(LongestAnswer, TimeProvider.System);
        for (var length = 0; ;)
        {
            var received = await _socket.ReceiveAsync(_buffer.AsMemory(length), patience.Token);
            length += received;
            if (received == 0)
                throw new InvalidOperationException("The server closed the connection.");
            if (!IsWhole(_buffer.AsSpan(0, length)))
                continue;
            if (_buffer[9] != (byte)'2')
                throw new InvalidOperationException($"{method} {path}: {Encoding.ASCII.GetString(_buffer, 0, Math.Min(length, 1000))}");
            return _buffer.AsMemory(0, length);
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>An answer ends with its last chunk (RFC 9112, 7.1), or has the length it says.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return false;
        var mark = answer[..head].IndexOf("Content-Length: "u8);
        if (mark < 0)
            return answer.EndsWith("\r\n0\r\n\r\n"u8);
        var digits = answer[(mark + "Content-Length: ".Length)..];
        return answer.Length - head - 4 == int.Parse(digits[..digits.IndexOf((byte)'\r')], NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
