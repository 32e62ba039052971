using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Gateway;

/// <summary>Sends bytes that no HTTP client would, and reads the one answer.</summary>
internal static class RawHttp
{
    /// <summary>The answer to <paramref name="request"/>, whose characters are its bytes (Latin-1).</summary>
    public static async Task<RawAnswer> SendAsync(string address, string request)
    {
        var server = new Uri(address);
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.Host, server.Port);
        var stream = socket.GetStream();
        var writing = WriteAsync(stream, Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = await ReadAsync(reader).Soon();
        await writing.Soon();
        return answer;
    }

    /// <summary>What the server does not want to read any more is no fault of a test.</summary>
    private static async Task WriteAsync(NetworkStream stream, byte[] request)
    {
        try
        {
            await stream.WriteAsync(request);
        }
        catch (IOException)
        {
            // The answer tells why.
        }
    }

    private static async Task<RawAnswer> ReadAsync(StreamReader reader)
    {
        var status = await reader.ReadLineAsync() ?? throw new IOException("The server closed without an answer.");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
            headers[line[..line.IndexOf(':')]] = line[(line.IndexOf(':') + 1)..].Trim();
        return new RawAnswer(int.Parse(status.Split(' ')[1]), headers, await BodyAsync(reader, headers));
    }

    private static async Task<string> BodyAsync(StreamReader reader, Dictionary<string, string> headers)
    {
        if (headers.GetValueOrDefault("Transfer-Encoding") != "chunked")
            return await ExactlyAsync(reader, int.Parse(headers.GetValueOrDefault("Content-Length", "0")));
        var body = new StringBuilder();
        while (await reader.ReadLineAsync() is { } size && Convert.ToInt32(size, 16) is var length and > 0)
        {
            body.Append(await ExactlyAsync(reader, length));
            await reader.ReadLineAsync();
        }
        return body.ToString();
    }

    private static async Task<string> ExactlyAsync(StreamReader reader, int length)
    {
        var text = new char[length];
        return new string(text, 0, await reader.ReadBlockAsync(text));
    }
}

/// <summary>What came back; its body is ASCII in these tests.</summary>
internal sealed record RawAnswer(int Status, Dictionary<string, string> Headers, string Body)
{
    /// <summary>The status and the code of its problem, which must have the same status.</summary>
    public string Problem
    {
        get
        {
            if (Body.Length == 0)
                return $"{Status} without a body";
            var problem = JsonDocument.Parse(Body).RootElement;
            Assert.Equal("application/problem+json", Headers.GetValueOrDefault("Content-Type"));
            Assert.Equal(Status, problem.GetProperty("status").GetInt32());
            return $"{Status} {problem.GetProperty("code").GetString()}";
        }
    }
}
