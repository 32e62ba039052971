using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using JobTracker.Gateway.Headers;
using JobTracker.Gateway.Tracing;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace JobTracker.Gateway.Problems.Server;

/// <summary>
/// Gives a problem to what Kestrel refuses before there is a request: a broken request line or header, one that is too long or does not
/// come. It answers these with a status alone and asks nobody, so the problem is put in where the answer leaves for the connection.
/// </summary>
/// <remarks>
/// An answer to HEAD is left alone, as is HTTP/2; within TLS the bytes are not readable here, and the status stays alone.
/// </remarks>
internal static class ServerRefusals
{
    private static ReadOnlySpan<byte> Answer => "HTTP/1."u8;

    private static ReadOnlySpan<byte> ClientError => "HTTP/1.1 4"u8;

    private static ReadOnlySpan<byte> ServerError => "HTTP/1.1 5"u8;

    private static ReadOnlySpan<byte> NoBody => "\r\nContent-Length: 0\r\n"u8;

    private static ReadOnlySpan<byte> End => "\r\n\r\n"u8;

    public static void Explain(ListenOptions endpoint) => endpoint.Use(next => async connection =>
    {
        var transport = connection.Transport;
        var input = new HeadReader(transport.Input);
        connection.Transport = new Duplex(input, new RefusalWriter(transport.Output, input, connection.ConnectionId));
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = transport;
        }
    });

    /// <summary>Whether an answer begins here.</summary>
    internal static bool BeginsAnswer(ReadOnlySpan<byte> piece) => piece.StartsWith(Answer);

    /// <summary>The whole answer where <paramref name="head"/> is one that has no body and ought to; null where it is none.</summary>
    /// <param name="id">The connection's, by which Kestrel logs: there is no request that could have one.</param>
    internal static byte[]? Explained(ReadOnlySpan<byte> head, string id)
    {
        if (!head.StartsWith(ClientError) && !head.StartsWith(ServerError))
            return null;
        var at = head.IndexOf(NoBody);
        if (at < 0 || !head.EndsWith(End)
            || !int.TryParse(head.Slice(ClientError.Length - 1, 3), CultureInfo.InvariantCulture, out var status))
            return null;
        var body = JsonSerializer.SerializeToUtf8Bytes(ProblemMap.OfServer(status) with { TraceId = id }, GatewayJson.Wire.Problem);
        return
        [
            .. head[..at],
            .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
                $"\r\nContent-Length: {body.Length}\r\nContent-Type: application/problem+json\r\n{RequestId.Header}: {id}\r\n")),
            .. SecurityHeaders.Lines,
            .. head[(at + NoBody.Length)..],
            .. body,
        ];
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
