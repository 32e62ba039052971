using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace JobTracker.Tests.Processes.Fuzz;

/// <summary>HTTP/1.1 over a socket, as bytes: it sends what no HTTP library would.</summary>
internal sealed class RawConnection(Uri address) : IDisposable
{
    private const int MostHead = 1 << 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>For what is no whole request: a server may well wait for the rest of it.</summary>
    private static readonly TimeSpan BriefPatience = TimeSpan.FromMilliseconds(300);

    private TcpClient? _client;
    private BufferedStream? _input;

    /// <summary>
    /// The answer; null where the server closed the connection without one, or waits for more of what is no whole request.
    /// </summary>
    public async Task<RawAnswer?> SendAsync(FuzzRequest request)
    {
        using var patience = new CancellationTokenSource(request.Raw is null ? Patience : BriefPatience);
        if (_client is null)
            await ConnectAsync(patience.Token);
        var sending = WriteAsync(request.ToBytes(), patience.Token);
        RawAnswer? answer = null;
        try
        {
            answer = await ReadAsync(request.Method == "HEAD" && request.Raw is null, patience.Token);
            return answer;
        }
        catch (Exception fault) when (fault is IOException or EndOfStreamException
            || (fault is OperationCanceledException && request.Raw is not null))
        {
            return null;
        }
        finally
        {
            // A server that answered before it had read everything closes too.
            if (answer is not { Body: not null } || request.Raw is not null || !sending.IsCompletedSuccessfully || Closes(answer))
                Close();
            await sending;
        }
    }

    public void Dispose() => Close();

    private static bool Closes(RawAnswer answer) =>
        answer.Headers.Any(header => header.Name.Equals("Connection", StringComparison.OrdinalIgnoreCase)
            && header.Value.Contains("close", StringComparison.OrdinalIgnoreCase));

    private async Task ConnectAsync(CancellationToken cancellation)
    {
        _client = new TcpClient { NoDelay = true };
        await _client.ConnectAsync(address.Host, address.Port, cancellation);
        _input = new BufferedStream(_client.GetStream());
    }

    private void Close()
    {
        _input?.Dispose();
        _client?.Dispose();
        (_client, _input) = (null, null);
    }

    private async Task WriteAsync(byte[] bytes, CancellationToken cancellation)
    {
        try
        {
            await _client!.GetStream().WriteAsync(bytes, cancellation);
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException or SocketException or OperationCanceledException)
        {
            // The server has seen enough; what it said to that is read by the other half.
        }
    }

    private async Task<RawAnswer> ReadAsync(bool isHead, CancellationToken cancellation)
    {
        var (status, headers) = await ReadHeadAsync(cancellation);
        while (status is >= 100 and < 200)
            (status, headers) = await ReadHeadAsync(cancellation);
        if (isHead || status is 204 or 304)
            return new RawAnswer(status, headers, []);
        if (Header(headers, "Content-Type")?.StartsWith("text/event-stream", StringComparison.Ordinal) == true)
            return new RawAnswer(status, headers, null);
        if (Header(headers, "Content-Length") is { } length)
            return new RawAnswer(status, headers, await ReadExactlyAsync(int.Parse(length, CultureInfo.InvariantCulture), cancellation));
        return new RawAnswer(status, headers, Header(headers, "Transfer-Encoding") is null
            ? await ReadToEndAsync(cancellation)
            : await ReadChunksAsync(cancellation));
    }

    private async Task<(int Status, List<(string Name, string Value)> Headers)> ReadHeadAsync(CancellationToken cancellation)
    {
        var first = await ReadLineAsync(cancellation);
        var headers = new List<(string Name, string Value)>();
        for (var line = await ReadLineAsync(cancellation); line.Length > 0; line = await ReadLineAsync(cancellation))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers.Add((line[..colon], line[(colon + 1)..].Trim()));
        }
        return (int.Parse(first.Split(' ')[1], CultureInfo.InvariantCulture), headers);
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellation)
    {
        var line = new List<byte>();
        while (line.Count < MostHead)
        {
            var octet = (await ReadExactlyAsync(1, cancellation))[0];
            if (octet == '\n')
                return Encoding.Latin1.GetString([.. line]).TrimEnd('\r');
            line.Add(octet);
        }
        throw new InvalidDataException("A line of the answer's head has no end.");
    }

    private async Task<byte[]> ReadChunksAsync(CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        while (int.Parse(await ReadLineAsync(cancellation), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is var size and > 0)
        {
            body.Write(await ReadExactlyAsync(size, cancellation));
            await ReadLineAsync(cancellation);
        }
        await ReadLineAsync(cancellation);
        return body.ToArray();
    }

    private async Task<byte[]> ReadToEndAsync(CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        await _input!.CopyToAsync(body, cancellation);
        return body.ToArray();
    }

    private async Task<byte[]> ReadExactlyAsync(int count, CancellationToken cancellation)
    {
        var bytes = new byte[count];
        await _input!.ReadExactlyAsync(bytes, cancellation);
        return bytes;
    }

    private static string? Header(IEnumerable<(string Name, string Value)> headers, string name) =>
        headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(header => header.Value).FirstOrDefault();
}
