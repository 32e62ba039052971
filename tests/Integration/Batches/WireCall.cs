using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace JobTracker.Tests.Integration.Batches;

/// <summary>One request as it came, and the means to answer it byte by byte.</summary>
internal sealed class WireCall(Socket socket, CancellationToken stop) : IDisposable
{
    private readonly BufferedStream _in = new(new NetworkStream(socket), 64 * 1024);
    private readonly NetworkStream _out = new(socket);
    private readonly TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Such as <c>GET /v1/batches</c>.</summary>
    public string Line { get; private set; } = "";
    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);
    public string Body { get; private set; } = "";
    public long BodyBytes { get; private set; }
    public bool WasReset { get; private set; }

    /// <summary>Done once the test says that it read what was sent.</summary>
    public Task Read => _read.Task;

    public void MarkRead() => _read.TrySetResult();

    public async Task ReadHeadAsync()
    {
        var first = await LineAsync();
        Line = first[..first.LastIndexOf(' ')];
        while (await LineAsync() is { Length: > 0 } header)
            Headers[header[..header.IndexOf(':')]] = header[(header.IndexOf(':') + 1)..].Trim();
    }

    /// <summary>Reads the body to its end, which throws when the client breaks it off.</summary>
    public async Task<WireCall> ReadBodyAsync(bool keep = true)
    {
        using var kept = new MemoryStream();
        if (Headers.ContainsKey("Transfer-Encoding"))
        {
            while (int.Parse(await LineAsync(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var size)
            {
                await CopyAsync(size, keep ? kept : Stream.Null);
                await LineAsync();
            }
            await LineAsync();
        }
        else if (Headers.TryGetValue("Content-Length", out var length))
        {
            await CopyAsync(int.Parse(length, CultureInfo.InvariantCulture), kept);
        }
        Body = Encoding.UTF8.GetString(kept.ToArray());
        return this;
    }

    /// <summary>A whole answer.</summary>
    public Task AnswerAsync(int status, string body, params string[] headers) =>
        SendAsync($"{Head(status, headers)}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    /// <summary>The head of an answer whose body ends with the connection.</summary>
    public Task BeginAsync(params string[] headers) => SendAsync($"{Head(200, headers)}\r\n");

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public Task SendAsync(byte[] bytes) => _out.WriteAsync(bytes, stop).AsTask();

    /// <summary>Breaks the connection instead of closing it.</summary>
    public void Reset()
    {
        WasReset = true;
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }

    public Task HangAsync() => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);

    public void Dispose()
    {
        _in.Dispose();
        _out.Dispose();
    }

    private static string Head(int status, string[] headers) =>
        $"HTTP/1.1 {status} X\r\nConnection: close\r\n{string.Concat(headers.Select(header => header + "\r\n"))}";

    private async Task<string> LineAsync()
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (true)
        {
            await _in.ReadExactlyAsync(one, stop);
            if (one[0] == '\n')
                return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }
    }

    private async Task CopyAsync(int count, Stream to)
    {
        var buffer = new byte[Math.Min(count, 64 * 1024)];
        BodyBytes += count;
        while (count > 0)
        {
            var read = Math.Min(count, buffer.Length);
            await _in.ReadExactlyAsync(buffer.AsMemory(0, read), stop);
            await to.WriteAsync(buffer.AsMemory(0, read), stop);
            count -= read;
        }
    }
}
