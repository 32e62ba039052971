using System.Collections.Immutable;
using JobTracker.Batches;
using Microsoft.AspNetCore.WebUtilities;

namespace JobTracker.Pages.OneBatch;

/// <summary>Which items of a batch an address asks for, and which one is open.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Status">Null: every status.</param>
/// <param name="After">The items behind this custom_id.</param>
/// <param name="Item">The item that is open; null: none.</param>
public sealed record ItemView(BatchId Batch, ItemStatus? Status = null, string? After = null, string? Item = null)
{
    /// <summary>How many a page shows.</summary>
    public const int PageItems = 50;

    /// <summary>Of an adopted batch, whose custom_ids follow other rules than ours.</summary>
    private const int LongestCustomId = 2_048;

    /// <summary>As an address has it, at the items.</summary>
    public string Address
    {
        get
        {
            var parts = new[] { ("status", Status?.Word), ("after", After), ("item", Item) }
                .Where(part => part.Item2 is not null).Select(part => $"{part.Item1}={Uri.EscapeDataString(part.Item2!)}");
            var search = string.Join('&', parts);
            return $"/ui/batches/{Batch}{(search.Length > 0 ? "?" + search : "")}{(Item is null ? "#items" : "#item")}";
        }
    }

    /// <summary>Reads the query of an address; what means nothing is left out.</summary>
    public static ItemView Parse(BatchId batch, string? search)
    {
        var query = QueryHelpers.ParseQuery(search);
        return new(batch, ItemStatus.FromWord(One("status") ?? ""), One("after"), One("item"));

        string? One(string name) =>
            query.TryGetValue(name, out var values) && values is [{ Length: > 0 and <= LongestCustomId } value, ..]
            && !value.Contains('\0', StringComparison.Ordinal)
                ? value
                : null;
    }

    /// <summary>What to list.</summary>
    public ItemQuery Read() => new()
    {
        Statuses = Status is { } status ? [status] : ImmutableArray<ItemStatus>.Empty,
        After = After,
        Limit = PageItems,
    };
}
