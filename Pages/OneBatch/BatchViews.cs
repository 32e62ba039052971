using JobTracker.Batches;
using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;
using JobTracker.Pages.Live;

namespace JobTracker.Pages.OneBatch;

/// <summary>Batches that are open on pages of this gateway: each is read once a second, however many look.</summary>
public sealed class BatchViews
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly IBatchDoor _batches;

    public BatchViews(IBatchDoor batches, TimeProvider clock)
    {
        _batches = batches;
        Feed = new(
            async (who, key, last, _) => await ReadAsync(who, key.Id) is var now && now?.Version == last?.Version ? last : now,
            Pace,
            clock);
    }

    /// <summary>What is told of each.</summary>
    public LiveFeed<BatchKey, BatchSnapshot> Feed { get; }

    /// <summary>The batch now, without its metadata, which is on the page once; null: there is none.</summary>
    public async Task<BatchSnapshot?> ReadAsync(PageCaller who, BatchId id) =>
        await _batches.GetAsync(who, id) is { } batch ? batch with { Metadata = "{}" } : null;
}

/// <summary>A batch as one organization sees it.</summary>
public readonly record struct BatchKey(string Organization, BatchId Id);
