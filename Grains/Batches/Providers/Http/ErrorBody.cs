using System.Text.Json;

namespace JobTracker.Grains.Batches.Providers.Http;

/// <summary>Reads what an unsuccessful answer says: <c>{"error": {"type", "code", "message"}}</c> in every dialect so far, or nothing that can be read.</summary>
internal static class ErrorBody
{
    private const int MaxBytes = 64 * 1024;
    private const int MaxMessage = 500;

    public static async Task<ProviderError> ReadAsync(ProviderOperation operation, HttpResponseMessage answer, DateTimeOffset now, CancellationToken cancellation)
    {
        var status = (int)answer.StatusCode;
        var (type, message) = await DescribeAsync(answer, cancellation);
        return new ProviderError(
            ProviderErrors.Classify(operation, status),
            message is null ? $"HTTP {status}." : $"HTTP {status}: {message}",
            ProviderErrors.MayHaveActed(status),
            status,
            ProviderErrors.Delay(answer.Headers, now),
            type,
            RequestId(answer));
    }

    public static string? RequestId(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("request-id", out var ids) || answer.Headers.TryGetValues("x-request-id", out ids) ? ProviderText.Clean(ids.FirstOrDefault(), MaxMessage) : null;

    /// <summary>The status alone decides; a body that cannot be read, is too large or never ends only leaves the message out.</summary>
    private static async Task<(string? Type, string? Message)> DescribeAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            await answer.Content.LoadIntoBufferAsync(MaxBytes, cancellation);
            using var body = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellation));
            if (body.RootElement is not { ValueKind: JsonValueKind.Object } root) return default;
            if (!root.TryGetProperty("error", out var error) || error.ValueKind is not JsonValueKind.Object) return default;
            return (Text(error, "code") ?? Text(error, "type"), Text(error, "message"));
        }
        catch (Exception unreadable) when (unreadable is JsonException or HttpRequestException or IOException or InvalidOperationException or OperationCanceledException)
        {
            return default;
        }
    }

    private static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? ProviderText.Clean(value.GetString(), MaxMessage) : null;
}
