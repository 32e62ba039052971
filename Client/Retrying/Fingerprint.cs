using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using JobTracker.Jobs;

namespace JobTracker.Client.Retrying;

/// <summary>The hash by which the service tells that two creates under one idempotency key ask for the same.</summary>
internal static class Fingerprint
{
    /// <summary>Hexadecimal SHA-256 of everything the command asks for. What is not set does not count, so that a later version with more fields agrees with this one.</summary>
    public static string Of(CreateJob command)
    {
        var asked = command with { IdempotencyKey = null, Fingerprint = null };
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(asked, FingerprintJson.Default.CreateJob)));
    }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CreateJob))]
internal sealed partial class FingerprintJson : JsonSerializerContext;
