using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace JobTracker.Jobs;

/// <summary>
/// The hash of a create's spelling, which the .NET client made before <see
/// cref="CreateFingerprint"/>: keys that were stored with it stay good.
/// </summary>
internal static class SpelledFingerprint
{
    /// <summary>
    /// Hexadecimal SHA-256 of everything the command asks for. What is not set does
    /// not count, so that a later version with more fields agrees with this one.
    /// </summary>
    public static string Of(CreateJob command)
    {
        var asked = command with { IdempotencyKey = null, Fingerprint = null };
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(asked, FingerprintJson.Default.CreateJob)));
    }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CreateJob))]
internal sealed partial class FingerprintJson : JsonSerializerContext;
