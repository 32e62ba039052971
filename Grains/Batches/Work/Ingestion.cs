using JobTracker.Batches;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Rules;

namespace JobTracker.Grains.Batches.Work;

/// <summary>
/// One pass over the results: lines are gathered to a chunk and stored with how far the file was read, so that a restart goes on where it
/// stood. A file that cannot be read does not hide the others.
/// </summary>
internal sealed class Ingestion(BatchCell cell, BatchContext context, IBatchProvider provider)
{
    private readonly List<ResultLine.Item> _items = [];
    private readonly List<QuarantinedLine> _aside = [];
    private FileProgress _file = null!;
    private long _bytes;

    public async Task ReadAsync(CancellationToken cancellation)
    {
        using (await context.Transfers.EnterAsync(provider.Name, cancellation))
            await ReadFilesAsync(cancellation);
        var batch = await cell.ChangeAsync(
            current => current.PassEnded(provider.Missing(current.Attempt.Ended!), context.Moment), cancellation);
        if (batch.Snapshot.Phase is BatchPhase.Ingesting)
            context.Log.ReadAgain(cell.Id.ToString(), batch.Attempt.Pass - 1, batch.Snapshot.Counts.Pending);
    }

    private async Task ReadFilesAsync(CancellationToken cancellation)
    {
        ProviderException? first = null;
        foreach (var file in cell.Current!.Attempt.Ended!.Files)
        {
            if (await ReadAsync(file, cancellation) is not { } failure)
                continue;
            first ??= failure;
            if (IsOfAccount(failure.Error))
                break;
        }
        if (first is not null)
            throw first;
    }

    /// <summary>The next file would be answered the same.</summary>
    private static bool IsOfAccount(ProviderError error) =>
        error is { Class: ProviderErrorClass.RateLimited or ProviderErrorClass.NotAttempted } or { HttpStatus: 401 };

    /// <summary>Null: it was read, or what is wrong with it is noted and the pass goes on without it.</summary>
    private async Task<ProviderException?> ReadAsync(ResultFile file, CancellationToken cancellation)
    {
        _file = cell.Current!.ProgressOf(file);
        if (_file.Ended)
            return null;
        try
        {
            await foreach (var line in provider.ReadResultsAsync(cell.Current.Attempt.Ended!, file, _file.Line, cancellation))
            {
                Take(line, file);
                if (_items.Count + _aside.Count >= context.Options.ChunkLines || _bytes >= context.Options.ChunkBytes)
                    await StoreAsync(cancellation);
            }
            _file = _file with { Ended = true, Fault = _file.Fault ?? Useless(file) };
        }
        catch (ProviderException failed) when (failed.Error.Class is ProviderErrorClass.NotFound or ProviderErrorClass.Unusable)
        {
            _file = _file with { Ended = true, Fault = $"The {file.Title} cannot be read: {failed.Error.Message}" };
        }
        catch (ProviderException failed)
        {
            if (_items.Count + _aside.Count > 0)
                await StoreAsync(cancellation); // what came before the failure is not asked for again
            return failed;
        }
        await StoreAsync(cancellation);
        return null;
    }

    /// <summary>Why a file that came to its end is none of results; null: it may be.</summary>
    private string? Useless(ResultFile file) => _file switch
    {
        { Items: > 0 } => null,
        { Line: > 0 } => $"No line of the {file.Title} names an item.",
        _ when cell.Current!.Attempt.Ended!.FinishedNothing => null,
        _ => $"The {file.Title} is empty.",
    };

    private void Take(ResultLine line, ResultFile file)
    {
        _file = _file with { Line = line.At.Line };
        _bytes += line.Raw.Length;
        switch (line)
        {
            case ResultLine.Item item:
                _items.Add(item);
                var finished = item.Outcome.Status is ItemStatus.Completed or ItemStatus.Failed;
                _file = _file with { Items = _file.Items + 1, Finished = _file.Finished + (finished ? 1 : 0) };
                break;
            case ResultLine.Quarantined aside:
                _aside.Add(new QuarantinedLine(aside.At, aside.Reason, aside.Raw));
                break;
            case ResultLine.Cut cut:
                _file = _file with { Cut = true, Fault = $"The {file.Title} was cut. {cut.Reason}" };
                break;
        }
    }

    private async Task StoreAsync(CancellationToken cancellation)
    {
        var file = _file;
        if (_items.Count + _aside.Count == 0)
        {
            await cell.ChangeAsync(current => current.FileRead(file), cancellation);
            return;
        }
        var (ledger, now) = (new ResultLedger(_items, _aside), context.Now);
        var stored = await cell.WriteAsync(
            current => context.Store.IngestAsync(current, ledger, now, tally => current.Ingested(tally, file, now), cancellation),
            ingested => ingested.Batch);
        context.Metrics.Settled(provider.Name, stored!.Tally);
        _items.Clear();
        _aside.Clear();
        _bytes = 0;
    }
}
