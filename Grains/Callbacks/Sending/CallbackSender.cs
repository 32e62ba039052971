using System.Buffers;
using System.Net.Http.Headers;
using JobTracker.Grains.Callbacks.Delivery;
using JobTracker.Grains.Callbacks.Secrets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JobTracker.Grains.Callbacks.Sending;

/// <summary>
/// Sends one attempt of a callback and says what came of it. Whether there is another is <see cref="CallbackSchedule"/>'s to say.
/// </summary>
internal sealed class CallbackSender(
    IHttpClientFactory clients,
    CallbackAddressRules rules,
    IOptions<CallbackOptions> options,
    TimeProvider clock,
    CallbackMetrics metrics,
    ILogger<CallbackSender> log)
{
    /// <summary>The named client; <see cref="CallbackRegistration"/> gives it its handler.</summary>
    public const string ClientName = "callbacks";

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <summary>Never throws for what a receiver or the network does.</summary>
    /// <exception cref="OperationCanceledException">The silo stops, and no answer had come.</exception>
    public async Task<CallbackAttempt> SendAsync(CallbackMessage message, CallbackSecrets secrets, CancellationToken cancellation)
    {
        var at = clock.GetUtcNow();
        var started = clock.GetTimestamp();
        var (status, error, retryAfter, errorType) = rules.Refuse(message.Url) is { } reason
            ? new Outcome(null, $"the URL {reason}", null, "url_refused")
            : await ExchangeAsync(message, secrets, at, cancellation);
        var attempt = new CallbackAttempt(at, clock.GetElapsedTime(started), status, error, retryAfter);
        metrics.Attempted(attempt, errorType);
        if (!attempt.IsDelivered)
            Log.AttemptFailed(log, message.Id, error!, attempt.Duration);
        return attempt;
    }

    private async Task<Outcome> ExchangeAsync(
        CallbackMessage message, CallbackSecrets secrets, DateTimeOffset at, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(options.Value.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        using var request = RequestFor(message, secrets, at);
        try
        {
            using var client = clients.CreateClient(ClientName);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            await DropBodyAsync(response, either.Token);
            var status = (int)response.StatusCode;
            var error = CallbackFailure.OfStatus(status);
            return new Outcome(
                status, error, RetryAfter.Read(response.Headers, clock.GetUtcNow()), error is null ? null : CallbackFailure.TypeOf(status));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Outcome(null, CallbackFailure.TimedOut(options.Value.Timeout), null, "timeout");
        }
        catch (HttpRequestException failure)
        {
            var error = CallbackFailure.OfConnection(failure, request.RequestUri!.IdnHost);
            return new Outcome(null, error, null, CallbackFailure.TypeOf(failure));
        }
    }

    private static HttpRequestMessage RequestFor(CallbackMessage message, CallbackSecrets secrets, DateTimeOffset at)
    {
        var content = new ReadOnlyMemoryContent(message.Body);
        content.Headers.ContentType = Json;
        var request = new HttpRequestMessage(HttpMethod.Post, CallbackUrl.ToRequest(message.Url)) { Content = content };
        request.Headers.Add(CallbackSigner.IdHeader, message.Id);
        request.Headers.Add(CallbackSigner.TimestampHeader, CallbackSigner.Timestamp(at));
        request.Headers.Add(CallbackSigner.SignatureHeader, CallbackSigner.Signatures(secrets, message.Id, at, message.Body.Span));
        return request;
    }

    /// <summary>A short body is read so that its connection can be used again; a longer or broken one costs the connection, and
    /// changes nothing about the answer, which is the status.</summary>
    private async Task DropBodyAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(options.Value.ResponseBodyLimit + 1);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellation);
            var left = options.Value.ResponseBodyLimit;
            while (left > 0 && await body.ReadAsync(buffer.AsMemory(0, left), cancellation) is var read and > 0)
                left -= read;
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException)
        {
            // The receiver broke off or dawdled after it had answered.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private sealed record Outcome(int? StatusCode, string? Error, TimeSpan? RetryAfter, string? ErrorType);
}
