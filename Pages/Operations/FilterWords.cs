using System.Text.Json;
using JobTracker.Pages.Jobs;

namespace JobTracker.Pages.Operations;

/// <summary>An operation's filter, which it keeps as JSON in the words of the list: in words for people, and as an address.</summary>
internal static class FilterWords
{
    /// <summary>Every job; or: jobs whose status is failed or expired, job type is chat.</summary>
    public static string Of(string filter)
    {
        var parts = Read(filter).Select(part => $"{Name(part.Key)} {string.Join(Joint(part.Key), part.Value)}").ToList();
        return parts.Count == 0 ? "every job of the organization" : $"jobs with {string.Join(", ", parts)}";
    }

    /// <summary>The list of these jobs.</summary>
    public static string Address(string filter) =>
        Read(filter).Aggregate(JobFilter.All, (all, part) => all.With(part.Key, part.Value)).Address;

    private static List<KeyValuePair<string, string[]>> Read(string filter)
    {
        using var document = JsonDocument.Parse(filter);
        return [.. document.RootElement.EnumerateObject().Select(part => KeyValuePair.Create(part.Name, TextsOf(part.Value)))];
    }

    private static string[] TextsOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => [.. value.EnumerateArray().Select(item => item.ToString())],
        JsonValueKind.True => ["true"],
        JsonValueKind.False => ["false"],
        _ => [value.ToString()],
    };

    private static string Joint(string name) => name == JobFilter.Tag ? " and " : " or ";

    private static string Name(string name) => name switch
    {
        JobFilter.Tag => "tag",
        "any_tag" => "any tag of",
        JobFilter.CreatedAfter => "created at or after",
        "created_before" => "created before",
        "completed_after" => "ended at or after",
        "completed_before" => "ended before",
        "user_id" => "user",
        _ => name.Replace('_', ' '),
    };
}
