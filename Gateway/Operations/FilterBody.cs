using System.Collections.Frozen;
using System.Text.Json;
using JobTracker.Gateway.Jobs.Listing;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests;
using JobTracker.Jobs;
using Microsoft.Extensions.Primitives;

namespace JobTracker.Gateway.Operations;

/// <summary>The filters of the list in a body: the same names, the same values, read by the same rules.</summary>
internal static class FilterBody
{
    private const string Path = "$.filter";

    /// <summary>Says that a filter which names nothing means every job.</summary>
    private const string All = "all";

    private static readonly FrozenSet<string> Names =
        ListParameters.Filters.Select(filter => filter.Name).Where(name => name != "organization_id").ToFrozenSet();

    /// <summary>Null where there is none.</summary>
    public static (JobQuery? Filter, bool All) Read(JsonElement? filter, RequestErrors errors)
    {
        if (filter is not { } given)
            return (null, false);
        var (all, values) = (false, new Dictionary<string, StringValues>(StringComparer.Ordinal));
        foreach (var field in given.EnumerateObject())
        {
            if (field.Name == All && field.Value.ValueKind is JsonValueKind.True or JsonValueKind.False)
                all = field.Value.GetBoolean();
            else if (!Names.Contains(field.Name))
                errors.InBody($"{Path}.{field.Name}", "is no filter of jobs");
            else if (Texts(field.Value) is not { } texts)
                errors.InBody($"{Path}.{field.Name}", "must be a string, a number, true, false, or an array of strings");
            else if (!values.TryAdd(field.Name, texts))
                errors.InBody($"{Path}.{field.Name}", "appears twice");
        }
        var query = ListParameters.ReadFilters(new QueryFields(new QueryCollection(values), errors, Path), out var nothing);
        if (nothing)
            errors.InBody(Path, "matches no job: its parts exclude each other");
        return (query, all);
    }

    /// <summary>Null where it is no value of a filter; none at all for null.</summary>
    private static StringValues? Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => StringValues.Empty,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
            new StringValues([.. value.EnumerateArray().Select(item => item.GetString())]),
        _ => null,
    };
}
