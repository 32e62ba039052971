using System.Text.Json;
using System.Text.Json.Nodes;

namespace JobTracker.Tests.Integration.Gateway.Auth;

/// <summary>What a token says: a good one, but for what a test changes.</summary>
internal sealed record TokenText
{
    public string Type { get; init; } = "at+jwt";

    /// <summary>From now; in the past where negative.</summary>
    public TimeSpan ExpiresIn { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>JSON that goes over a good token's claims; null takes one away.</summary>
    public string Changes { get; init; } = "{}";

    public string Claims(string issuer, string audience)
    {
        var now = TimeProvider.System.GetUtcNow();
        var claims = new JsonObject
        {
            ["iss"] = issuer,
            ["aud"] = audience,
            ["exp"] = (now + ExpiresIn).ToUnixTimeSeconds(),
            ["iat"] = (now - TimeSpan.FromHours(1)).ToUnixTimeSeconds(),
            ["sub"] = "someone",
            ["org_id"] = "acme",
            ["scope"] = "jobs:read jobs:write",
        };
        foreach (var change in JsonDocument.Parse(Changes).RootElement.EnumerateObject())
        {
            if (change.Value.ValueKind == JsonValueKind.Null)
                claims.Remove(change.Name);
            else
                claims[change.Name] = JsonNode.Parse(change.Value.GetRawText());
        }

        return claims.ToJsonString();
    }
}
