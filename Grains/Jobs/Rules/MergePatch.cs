using System.Text.Json.Nodes;
using JobTracker.PlainText;

namespace JobTracker.Grains.Jobs.Rules;

/// <summary>JSON Merge Patch, RFC 7396: an object merges member by member, null removes a member, anything else replaces.</summary>
internal static class MergePatch
{
    /// <summary>Both texts are JSON objects. A patch that changes nothing gives back the very text of <paramref name="target"/>.</summary>
    public static string Apply(string target, string patch)
    {
        var merged = Merge(JsonNode.Parse(target), JsonNode.Parse(patch));
        return JsonNode.DeepEquals(merged, JsonNode.Parse(target)) ? target : PlainJson.Of(merged!);
    }

    private static JsonNode? Merge(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
            return patch?.DeepClone();
        var merged = target as JsonObject ?? [];
        foreach (var (name, value) in changes)
        {
            if (value is null)
                merged.Remove(name);
            else
                merged[name] = Merge(Take(merged, name), value);
        }

        return merged;
    }

    /// <summary>A node has one parent: it is taken out before it is put back merged.</summary>
    private static JsonNode? Take(JsonObject parent, string name)
    {
        var child = parent[name];
        parent.Remove(name);
        return child;
    }
}
