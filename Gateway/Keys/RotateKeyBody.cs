using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests.Bodies;

namespace JobTracker.Gateway.Keys;

/// <summary>How long the old secret works on; optional as a whole.</summary>
internal sealed record RotateKeyBody
{
    private const long Default = 86_400;
    private const long Longest = 604_800;
    private static readonly FrozenSet<string> Names = JsonFields.NamesOf(GatewayJson.Wire.RotateKeyBody);

    /// <summary>Seconds for which the secret before works beside the new one: 86,400 unless given; 0: it ends at once.</summary>
    [Range(0, Longest)]
    public long? OverlapSeconds { get; init; }

    /// <summary>How long; nothing of it holds where an error was noted.</summary>
    public static TimeSpan Read(JsonElement body, RequestErrors errors)
    {
        if (body.ValueKind == JsonValueKind.Undefined)
            return TimeSpan.FromSeconds(Default);
        if (JsonFlaw.Find(body) is { } flaw)
        {
            errors.InBody("$" + flaw.Path, flaw.Detail);
            return default;
        }

        var fields = new JsonFields(body, "$", Names, errors);
        return TimeSpan.FromSeconds(fields.Whole("overlap_seconds", 0, Longest) ?? Default);
    }
}
