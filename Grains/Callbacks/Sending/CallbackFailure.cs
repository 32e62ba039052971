using System.Globalization;
using System.Net.Sockets;

namespace JobTracker.Grains.Callbacks.Sending;

/// <summary>The words for what went wrong: short, clear, and without anything that the job's owner should not read.</summary>
internal static class CallbackFailure
{
    public static string TimedOut(TimeSpan limit) =>
        string.Create(CultureInfo.InvariantCulture, $"timed out after {limit.TotalSeconds:0.###} s");

    /// <summary>Null for 2xx, which alone is success.</summary>
    public static string? OfStatus(int status) => status switch
    {
        >= 200 and <= 299 => null,
        >= 300 and <= 399 => $"redirect {status} is not followed",
        410 => "answered 410: the receiver wants no more callbacks",
        _ => $"answered {status}",
    };

    public static string OfConnection(HttpRequestException failure, string host)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is CallbackNotDialledException)
                return cause.Message;
            if (cause is SocketException socket)
                return OfSocket(socket.SocketErrorCode, host);
        }
        return failure.HttpRequestError switch
        {
            HttpRequestError.SecureConnectionError => "TLS handshake failed",
            HttpRequestError.ResponseEnded => "connection closed before an answer",
            HttpRequestError.InvalidResponse => "answered with something that is not HTTP",
            HttpRequestError.ConfigurationLimitExceeded => "answered with too large headers",
            _ => "connection failed",
        };
    }

    /// <summary>The status, as OpenTelemetry's <c>error.type</c> has it.</summary>
    public static string TypeOf(int status) => status.ToString(CultureInfo.InvariantCulture);

    /// <summary>One of a few words, whatever the receiver does.</summary>
    public static string TypeOf(HttpRequestException failure) => failure.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "name_resolution_error",
        HttpRequestError.SecureConnectionError => "secure_connection_error",
        HttpRequestError.ResponseEnded => "response_ended",
        HttpRequestError.InvalidResponse => "invalid_response",
        HttpRequestError.ConfigurationLimitExceeded => "headers_too_large",
        _ => "connection_error",
    };

    private static string OfSocket(SocketError error, string host) => error switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.ConnectionReset or SocketError.ConnectionAborted => "connection reset",
        SocketError.TimedOut => "connection timed out",
        SocketError.HostNotFound or SocketError.NoData => $"host {host} was not found",
        SocketError.TryAgain or SocketError.NoRecovery => $"host {host} could not be resolved",
        SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.NetworkDown => "network unreachable",
        _ => "connection failed",
    };
}
