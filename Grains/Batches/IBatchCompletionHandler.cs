using JobTracker.Batches;

namespace JobTracker.Grains.Batches;

/// <summary>
/// A host's own continuation of a batch, registered as a singleton in the silo. It runs when the batch is reconciled, at least once: a
/// crash, or another handler's failure behind it, never loses it, but may repeat it. One that throws is called again, later and later, and
/// its error stands on the batch meanwhile.
/// </summary>
public interface IBatchCompletionHandler
{
    /// <summary>What is remembered of it with each batch: unique, and the same in every version.</summary>
    string Name { get; }

    Task HandleAsync(BatchCompletion completion, CancellationToken cancellation);
}

/// <summary>A batch that has ended.</summary>
public sealed class BatchCompletion
{
    private readonly Func<ItemQuery, CancellationToken, Task<ItemPage>> _items;
    private readonly Func<string, CancellationToken, Task<ItemSnapshot?>> _item;

    internal BatchCompletion(
        BatchSnapshot batch, Func<ItemQuery, CancellationToken, Task<ItemPage>> items, Func<string, CancellationToken,
        Task<ItemSnapshot?>> item) =>
        (Batch, _items, _item) = (batch, items, item);

    /// <summary>Terminal.</summary>
    public BatchSnapshot Batch { get; }

    /// <summary>A page of the items, without results.</summary>
    public Task<ItemPage> ListItemsAsync(ItemQuery query, CancellationToken cancellation) => _items(query, cancellation);

    /// <summary>One item with its result.</summary>
    public Task<ItemSnapshot?> GetItemAsync(string customId, CancellationToken cancellation) => _item(customId, cancellation);
}
