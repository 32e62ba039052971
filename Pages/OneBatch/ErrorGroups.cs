using System.Collections.Immutable;
using JobTracker.Batches;
using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;

namespace JobTracker.Pages.OneBatch;

/// <summary>Items that failed alike.</summary>
/// <param name="Code">The provider's finer code, else the kind of error.</param>
/// <param name="Count">How many, of those that were read.</param>
/// <param name="Message">What one of them was told.</param>
/// <param name="Example">Its custom_id.</param>
public sealed record ErrorGroup(string Code, int Count, string? Message, string Example);

/// <summary>What the items of a batch failed with, by code, of as many as are read for it.</summary>
/// <param name="Groups">The largest first.</param>
/// <param name="Read">Of how many items.</param>
/// <param name="HasMore">There are more that failed.</param>
public sealed record ErrorGroups(ImmutableArray<ErrorGroup> Groups, int Read, bool HasMore)
{
    /// <summary>How many items are read at most.</summary>
    public const int MostItems = 1_000;

    private static readonly ImmutableArray<ItemStatus> Bad = [ItemStatus.Failed, ItemStatus.Expired];

    /// <summary>Null: there is no such batch.</summary>
    public static async Task<ErrorGroups?> ReadAsync(IBatchDoor batches, PageCaller who, BatchId id)
    {
        ArgumentNullException.ThrowIfNull(batches);
        return await batches.ListItemsAsync(who, id, new ItemQuery { Statuses = Bad, Limit = MostItems }) is { } page ? Of(page) : null;
    }

    public static ErrorGroups Of(ItemPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        var groups = page.Items.GroupBy(CodeOf, StringComparer.Ordinal)
            .Select(group => new ErrorGroup(group.Key, group.Count(), group.First().Error?.Message, group.First().CustomId))
            .OrderByDescending(group => group.Count).ThenBy(group => group.Code, StringComparer.Ordinal);
        return new([.. groups], page.Items.Length, page.HasNext);
    }

    private static string CodeOf(ItemSnapshot item) => item.Error?.Code ?? item.Error?.Type ?? item.Status.Word;
}
