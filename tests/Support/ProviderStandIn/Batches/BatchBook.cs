using System.Diagnostics.CodeAnalysis;

namespace JobTracker.Tests.StandIn.Batches;

/// <summary>All batches of the stand-in, in the order of their creation.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "A book of batches; it offers more than a collection.")]
public sealed class BatchBook(TimeProvider clock, BatchPace pace, Identifiers ids)
{
    private readonly Lock _gate = new();
    private readonly List<ProviderBatch> _batches = [];

    public IReadOnlyList<ProviderBatch> All
    {
        get
        {
            lock (_gate)
                return [.. _batches];
        }
    }

    /// <summary>Has a hand on each new batch before anybody hears of it.</summary>
    public Action<ProviderBatch>? Prepare { get; set; }

    /// <summary>By number, counting from 0 in the order of creation.</summary>
    public ProviderBatch this[int number]
    {
        get
        {
            lock (_gate)
                return _batches[number];
        }
    }

    public ProviderBatch this[string id] => Find(id) ?? throw new KeyNotFoundException($"The stand-in has no batch {id}.");

    /// <summary>A batch that nobody sent over HTTP: made elsewhere (to be adopted), or too large to upload in a test.</summary>
    public ProviderBatch Add(Dialect dialect, string apiKey, IEnumerable<string> customIds) => Add(new BatchOrder
    {
        Id = NewId(dialect),
        Dialect = dialect,
        ApiKey = apiKey,
        Items = [.. customIds.Select(customId => new BatchItem(customId))],
        InputFileId = dialect is Dialect.OpenAi ? ids.Next("file-") : "",
    });

    public ProviderBatch? Find(string id)
    {
        lock (_gate)
            return _batches.Find(batch => batch.Id == id);
    }

    internal ProviderBatch? Find(string id, Dialect dialect, string apiKey) =>
        Find(id) is { } batch && IsSeen(batch, dialect, apiKey) ? batch : null;

    /// <summary>Newest first, as both providers list.</summary>
    internal List<ProviderBatch> Of(Dialect dialect, string apiKey) =>
        [.. All.Where(batch => IsSeen(batch, dialect, apiKey)).Reverse()];

    internal ProviderBatch Add(BatchOrder order)
    {
        var batch = new ProviderBatch(order, clock, pace);
        Prepare?.Invoke(batch);
        lock (_gate)
            _batches.Add(batch);
        return batch;
    }

    internal void Remove(ProviderBatch batch)
    {
        lock (_gate)
            _batches.Remove(batch);
    }

    private bool IsSeen(ProviderBatch batch, Dialect dialect, string apiKey) =>
        batch.Order.Dialect == dialect && batch.Order.ApiKey == apiKey && batch.Progress.CreatedAt <= clock.GetUtcNow();

    internal string NewId(Dialect dialect) => ids.Next(dialect is Dialect.Anthropic ? "msgbatch_" : "batch_");
}
