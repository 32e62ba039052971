using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using JobTracker.Grains.Callbacks.Secrets;

namespace JobTracker.Grains.Callbacks.Sending;

/// <summary>The headers of Standard Webhooks 1.0 (standardwebhooks.com), symmetric scheme <c>v1</c>.</summary>
internal static class CallbackSigner
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    /// <summary>The value of <c>webhook-timestamp</c>: seconds since 1970.</summary>
    public static string Timestamp(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>The value of <c>webhook-signature</c>: one signature for each secret in force, separated by spaces.</summary>
    public static string Signatures(CallbackSecrets secrets, string id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var timestamp = Timestamp(at);
        var signing = secrets.At(at);
        var first = Sign(signing[0], id, timestamp, body);
        return signing.Count == 1 ? first : $"{first} {Sign(signing[1], id, timestamp, body)}";
    }

    /// <summary><c>v1,</c> and base64 of HMAC-SHA256 over <c>id.timestamp.body</c>.</summary>
    private static string Sign(CallbackSecret secret, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret.Key);
        hash.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hash.AppendData(body);
        return "v1," + Convert.ToBase64String(hash.GetHashAndReset());
    }
}
