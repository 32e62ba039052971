using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using JobTracker.Gateway.OpenApi;
using JobTracker.Gateway.Problems;

namespace JobTracker.Gateway.Requests;

/// <summary>The header <c>Idempotency-Key</c>: printable ASCII, 1 to 255 characters.</summary>
internal static class IdempotencyKey
{
    private const string Header = "Idempotency-Key";

    public static ParameterNote Parameter(string meaning, GatewayLimits limits) =>
        ParameterNote.Text(Header, meaning, limits.IdempotencyKeyLength);

    public static string? Read(HttpRequest request, GatewayLimits limits, RequestErrors errors)
    {
        var values = request.Headers[Header];
        if (values.Count == 0)
            return null;
        if (values.Count == 1 && values[0] is { Length: > 0 } key && key.Length <= limits.IdempotencyKeyLength && IsPrintable(key))
            return key;
        errors.InHeader(Header, string.Create(
            CultureInfo.InvariantCulture, $"must be one value of 1 to {limits.IdempotencyKeyLength} printable ASCII characters"));
        return null;
    }

    /// <summary>
    /// The key of one entry of a bulk request: as distinct as the request's key and the entry's place, and never too long.
    /// </summary>
    public static string ForEntry(string key, int index) =>
        string.Create(
            CultureInfo.InvariantCulture, $"bulk:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}:{index}");

    private static bool IsPrintable(string key) => !key.AsSpan().ContainsAnyExceptInRange(' ', '~');
}
