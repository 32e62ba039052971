using JobTracker.Batches;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Storage.Batches;

namespace JobTracker.Grains.Batches.Work;

/// <summary>One pass over the results: lines are gathered to a chunk and stored with the cursor, so that a restart goes on where it stood.</summary>
internal sealed class Ingestion(BatchCell cell, BatchContext context, IBatchProvider provider)
{
    private readonly List<ResultLine.Item> _items = [];
    private readonly List<QuarantinedLine> _aside = [];
    private ResultCursor _at;
    private long _bytes;
    private bool _cut;

    public async Task ReadAsync(CancellationToken cancellation)
    {
        await context.Transfers.WaitAsync(cancellation);
        try
        {
            await ReadLinesAsync(cancellation);
        }
        finally
        {
            context.Transfers.Release();
        }
        var batch = await cell.ChangeAsync(
            current => (_cut ? current.WasCut() : current).PassEnded(provider.Missing(current.Ended!), context.Moment), cancellation);
        if (batch.Snapshot.Phase is BatchPhase.Ingesting) context.Log.ReadAgain(cell.Id.ToString(), batch.Pass - 1, batch.Snapshot.Counts.Pending);
    }

    private async Task ReadLinesAsync(CancellationToken cancellation)
    {
        var batch = cell.Current!;
        _at = batch.Cursor;
        try
        {
            await foreach (var line in provider.ReadResultsAsync(batch.Ended!, batch.Cursor, cancellation))
            {
                Take(line);
                if (_items.Count + _aside.Count >= context.Options.ChunkLines || _bytes >= context.Options.ChunkBytes) await StoreAsync(cancellation);
            }
        }
        catch (ProviderException) when (_items.Count + _aside.Count > 0)
        {
            await StoreAsync(cancellation); // what came before the failure is not asked for again
            throw;
        }
        if (_items.Count + _aside.Count > 0) await StoreAsync(cancellation);
    }

    private void Take(ResultLine line)
    {
        _at = line.At;
        _bytes += line.Raw.Length;
        switch (line)
        {
            case ResultLine.Item item:
                _items.Add(item);
                break;
            case ResultLine.Quarantined aside:
                _aside.Add(new QuarantinedLine(aside.At, aside.Reason, aside.Raw));
                break;
            case ResultLine.Cut:
                _cut = true;
                break;
        }
    }

    private async Task StoreAsync(CancellationToken cancellation)
    {
        var (at, tally) = (_at, new IngestTally());
        await cell.WriteAsync(current => context.Store.IngestAsync(
            current,
            new IngestChunk(current.Snapshot.Attempts, [.. _items], [.. _aside]) { Adopted = current.Adopted },
            context.Now,
            came => current.Ingested(tally = came, at, context.Now),
            cancellation));
        context.Metrics.Ingested(tally);
        _items.Clear();
        _aside.Clear();
        _bytes = 0;
    }
}
