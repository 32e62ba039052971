using System.Text.Json;

namespace JobTracker.Client.Retrying;

/// <summary>Whether a merge patch (RFC 7396) has nothing left to do.</summary>
internal static class MergedPatch
{
    /// <summary>A patch that is no JSON is in nothing.</summary>
    public static bool IsIn(string target, string? patch)
    {
        if (patch is null)
            return true;
        try
        {
            using var has = JsonDocument.Parse(target);
            using var asked = JsonDocument.Parse(patch);
            return IsIn(has.RootElement, asked.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsIn(JsonElement target, JsonElement patch)
    {
        if (patch.ValueKind != JsonValueKind.Object)
            return JsonElement.DeepEquals(target, patch);
        if (target.ValueKind != JsonValueKind.Object)
            return false;
        foreach (var member in patch.EnumerateObject())
        {
            var present = target.TryGetProperty(member.Name, out var value);
            if (member.Value.ValueKind == JsonValueKind.Null ? present : !present || !IsIn(value, member.Value))
                return false;
        }

        return true;
    }
}
