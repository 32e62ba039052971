using System.Text;
using JobTracker.Grains.Batches.Providers.Errors;

namespace JobTracker.Grains.Batches.Providers.Http;

/// <summary>Reads what an unsuccessful answer says; its status alone decides what follows from it.</summary>
internal static class ErrorBody
{
    private const int MaxBytes = 64 * 1024;
    private const int MaxRequestId = 200;

    public static async Task<ProviderError> ReadAsync(
        ProviderOperation operation, HttpResponseMessage answer, DateTimeOffset now, CancellationToken cancellation)
    {
        var status = (int)answer.StatusCode;
        var faults = await DescribeAsync(answer, cancellation);
        var first = faults is [var one, ..] ? one : null;
        return new ProviderError(
            ProviderErrors.Classify(operation, status),
            first?.Message ?? "The answer gives no reason.",
            ProviderErrors.MayHaveActed(status),
            status,
            ProviderErrors.Delay(answer.Headers, now),
            first?.Word,
            RequestId(answer))
        { Faults = faults };
    }

    public static string? RequestId(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("request-id", out var ids) || answer.Headers.TryGetValues("x-request-id", out ids)
            ? ProviderText.Clean(ids.FirstOrDefault(), MaxRequestId)
            : null;

    /// <summary>A body that cannot be read, is too large or never ends only leaves the reasons out.</summary>
    private static async Task<IReadOnlyList<ProviderFault>> DescribeAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            await answer.Content.LoadIntoBufferAsync(MaxBytes, cancellation);
            return ProviderFaults.InText(Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(cancellation)));
        }
        catch (Exception unreadable) when (unreadable is HttpRequestException or IOException or InvalidOperationException
            or OperationCanceledException)
        {
            return [];
        }
    }
}
