using JobTracker.Operations;
using JobTracker.Pages.Doors;
using JobTracker.Pages.Live;

namespace JobTracker.Pages.Operations;

/// <summary>Operations, each and each list of them read once for all pages of this gateway that show it.</summary>
public sealed class OperationFeeds(IOperationDoor operations, TimeProvider clock)
{
    /// <summary>One operation, by the same watch as the API's event streams.</summary>
    public LiveFeed<OperationKey, OperationSnapshot> One { get; } = new(
        async (who, key, last, stop) =>
        {
            if (last is null)
                return await operations.GetAsync(who, key.Id);
            var now = await operations.LookAsync(who, last, stop);
            return now?.Version == last.Version ? last : now;
        },
        TimeSpan.FromMilliseconds(250),
        clock);

    /// <summary>A page of the list, once in two seconds.</summary>
    public LiveFeed<OperationListKey, OperationPage> Lists { get; } = new(
        async (who, key, last, _) =>
            await operations.ListAsync(who, key.Query) is var now && last is not null && IsSame(now, last) ? last : now,
        TimeSpan.FromSeconds(2),
        clock);

    private static bool IsSame(OperationPage one, OperationPage other) =>
        one.HasNext == other.HasNext && one.HasPrevious == other.HasPrevious
        && one.Operations.Select(Mark).SequenceEqual(other.Operations.Select(Mark));

    private static (OperationId Id, long Version) Mark(OperationSnapshot operation) => (operation.Id, operation.Version);
}

/// <summary>An operation as one organization sees it.</summary>
public readonly record struct OperationKey(string Organization, OperationId Id);

/// <summary>A page of the list of operations as one organization sees it, newest first.</summary>
/// <param name="After">Those behind this one; null: from the newest.</param>
/// <param name="Before">Those just before this one.</param>
public readonly record struct OperationListKey(string Organization, OperationId? After, OperationId? Before)
{
    /// <summary>How many a page shows.</summary>
    public const int PageOperations = 50;

    public OperationQuery Query => new() { After = After, Before = Before, Limit = PageOperations };
}
