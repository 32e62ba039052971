using System.Collections.Immutable;
using JobTracker.Batches;
using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;
using JobTracker.Pages.Live;

namespace JobTracker.Pages.Batches;

/// <summary>Lists of batches, each read every two seconds for all pages of this gateway that show it.</summary>
public sealed class BatchListFeed
{
    /// <summary>Of the newest batches twice a page is read: so many may be new before their number is not exact.</summary>
    private const int MostRead = 2 * BatchList.PageBatches;

    /// <summary>Batches that left the list, of which it is still told what became of them.</summary>
    private const int MostGone = 100;

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    private readonly IBatchDoor _batches;
    private readonly TimeProvider _clock;

    public BatchListFeed(IBatchDoor batches, TimeProvider clock)
    {
        (_batches, _clock) = (batches, clock);
        Lists = new((who, key, last, _) => NextAsync(who, key, last), Pace, clock);
    }

    /// <summary>By what their addresses ask for.</summary>
    public LiveFeed<BatchListKey, BatchList> Lists { get; }

    /// <summary>One page, now.</summary>
    public Task<BatchList> ReadAsync(PageCaller who, BatchFilter filter) => ReadAsync(who, filter, BatchList.PageBatches);

    private async Task<BatchList?> NextAsync(PageCaller who, BatchListKey key, BatchList? last)
    {
        var filter = BatchFilter.Parse(key.Search);
        var now = await ReadAsync(who, filter, filter.HasCursor ? BatchList.PageBatches : MostRead);
        if (last is not null)
            now = now with { Gone = await GoneAsync(who, last, now) };
        return now.Equals(last) ? last : now;
    }

    private async Task<BatchList> ReadAsync(PageCaller who, BatchFilter filter, int limit)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var query = filter.Read(_clock.GetUtcNow(), limit);
        return BatchList.Of(await _batches.ListAsync(who, query), query);
    }

    private async Task<ImmutableDictionary<BatchId, BatchRow?>> GoneAsync(PageCaller who, BatchList last, BatchList now)
    {
        var present = now.Rows.Select(row => row.Id).ToHashSet();
        var gone = last.Gone.RemoveRange(present);
        foreach (var id in last.Rows.Select(row => row.Id).Where(id => !present.Contains(id) && now.Covers(id)))
            gone = gone.SetItem(id, await _batches.GetAsync(who, id) is { } batch ? BatchRow.Of(batch) : null);
        return gone.Count <= MostGone ? gone : gone.RemoveRange(gone.Keys.Order().Take(gone.Count - MostGone));
    }
}

/// <summary>A list as one organization sees it.</summary>
/// <param name="Search">What its address asks for (<see cref="BatchFilter.Search"/>).</param>
public readonly record struct BatchListKey(string Organization, string Search);
