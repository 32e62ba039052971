using System.Collections.Immutable;
using JobTracker.Batches;
using JobTracker.Gateway.OpenApi;
using JobTracker.Gateway.Requests;

namespace JobTracker.Gateway.Batches;

/// <summary>The query parameters of the list of items, as a query to the batch.</summary>
internal static class ItemListParameters
{
    private const int MostItems = 1_000;
    private const int DefaultItems = 100;

    /// <summary>Of an adopted batch, whose custom_ids follow other rules than ours.</summary>
    private const int LongestCustomId = 2_048;

    public static ImmutableArray<ParameterNote> All { get; } =
    [
        ParameterNote.Words(
            "status", "Any of these: repeated, or separated by commas.", Enum.GetValues<ItemStatus>().Select(status => status.Word)),
        ParameterNote.Text("after", "A custom_id: the items that come after it, in ordinal order. It need not exist.", LongestCustomId),
        ParameterNote.Whole("limit", "How many at most; 100 unless given.", 1, MostItems),
    ];

    public static ItemQuery Read(QueryFields query)
    {
        var statuses = ImmutableArray.CreateBuilder<ItemStatus>();
        foreach (var word in query.List("status"))
        {
            if (ItemStatus.FromWord(word) is not { } status)
                query.Wrong("status", "must be pending, completed, failed, cancelled or expired");
            else if (!statuses.Contains(status))
                statuses.Add(status);
        }
        return new ItemQuery
        {
            Statuses = statuses.ToImmutable(),
            After = query.Text("after", LongestCustomId),
            Limit = query.Whole("limit", 1, MostItems) ?? DefaultItems,
        };
    }
}
