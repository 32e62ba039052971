using JobTracker.Batches;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Storage.Batches;
using JobTracker.Storage;

namespace JobTracker.Grains.Batches;

/// <summary>
/// What an activation knows of its batch: the last committed state, changed by one guarded write after the other. Commands and the work in
/// the background meet here. What another activation wrote, or what may
/// or may not be stored, makes the cell lost: the row must be read anew.
/// </summary>
/// <param name="forget">Called once, when the cell is lost: the activation goes, whosever write it was.</param>
internal sealed class BatchCell(BatchId id, IBatchStore store, TimeProvider clock, Action forget) : IDisposable
{
    /// <summary>Before a database that could not tell is asked again.</summary>
    private static readonly TimeSpan SettlePause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _ended = new();
    private readonly SemaphoreSlim _turn = new(1, 1);

    public BatchId Id => id;

    /// <summary>Null: there is no such batch.</summary>
    public Batch? Current { get; private set; }

    public bool IsLost { get; private set; }

    /// <summary>Done when the row tells what is stored: after a write whose answer was lost that is not so at once.</summary>
    public Task Settled { get; private set; } = Task.CompletedTask;

    public async Task LoadAsync(CancellationToken cancellation) => Current = await store.ReadAsync(id, cancellation);

    /// <summary>The next state, stored. The same state is no change and no write; what is removed changes no more.</summary>
    public Task<Batch> ChangeAsync(Func<Batch, Batch> next, CancellationToken cancellation = default) => InTurnAsync(async current =>
    {
        if (current is { IsRemoved: true })
            return (current, current);
        var changed = next(current!);
        if (ReferenceEquals(changed, current))
            return (current!, current);
        var (result, stored) = await UpdateAsync(current!, changed, cancellation);
        return result is BatchWriteResult.Stored
            ? (stored!, stored)
            : throw new InvalidOperationException($"{id} was not stored: {result}.");
    });

    /// <summary>The same, for writes that may be refused.</summary>
    public Task<BatchWriteResult> TryChangeAsync(
        Func<Batch, Batch> next, CancellationToken cancellation = default) => InTurnAsync<BatchWriteResult>(async current =>
    {
        var changed = next(There(current));
        if (ReferenceEquals(changed, current))
            return (new BatchWriteResult.Stored(), current);
        var (result, stored) = await UpdateAsync(current!, changed, cancellation);
        return (result, stored ?? current);
    });

    /// <summary>A change of a draft; it may have been submitted or discarded since it was looked at.</summary>
    public Task<BatchWriteResult> TryChangeDraftAsync(Func<Batch, Batch> next) => InTurnAsync<BatchWriteResult>(async current =>
    {
        if (current is not { IsDraft: true, IsRemoved: false })
            return (new BatchWriteResult.MovedOn(), current);
        var (result, stored) = await UpdateAsync(current, next(current), CancellationToken.None);
        return (result, stored ?? current);
    });

    public Task<BatchWriteResult> AddItemsAsync(ItemChunk chunk, DateTimeOffset now) => InTurnAsync<BatchWriteResult>(async current =>
    {
        if (current is not { IsDraft: true, IsRemoved: false } || current.Received != chunk.First)
            return (new BatchWriteResult.MovedOn(), current);
        var next = Numbered(current, current.Add(chunk, now));
        var result = await store.AddItemsAsync(next, current.Snapshot.Version, chunk.First, chunk.Items, CancellationToken.None);
        return (Fresh(result), result is BatchWriteResult.Stored ? next : current);
    });

    public Task<BatchWriteResult> InsertAsync(Batch batch) => InTurnAsync<BatchWriteResult>(async current =>
    {
        if (current is not null)
            return (new BatchWriteResult.MovedOn(), current);
        var result = await store.InsertAsync(batch, CancellationToken.None);
        return (Fresh(result), result is BatchWriteResult.Stored ? batch : null);
    });

    /// <summary>Removes up to so many rows of a batch that is removed; true: the last of them, and the batch's own is among them.</summary>
    public Task<bool> RemoveSomeAsync(int rows) => InTurnAsync(async current =>
    {
        var isGone = current is null || await store.RemoveAsync(id, rows, CancellationToken.None);
        return (isGone, isGone ? null : current);
    });

    /// <summary>A write of the store's own that ends with the batch's row. Null: nothing was stored.</summary>
    public Task<Batch?> WriteAsync(Func<Batch, Task<Written<Batch>>> write) => WriteAsync(write, stored => stored);

    /// <summary>The same, where more than the batch comes of it.</summary>
    public Task<T?> WriteAsync<T>(Func<Batch, Task<Written<T>>> write, Func<T, Batch> batch)
        where T : class => InTurnAsync<T?>(async current =>
    {
        var written = await write(There(current));
        if (written.IsStale)
            throw Overtaken();
        return (written.Value, written.Value is { } stored ? batch(stored) : current);
    });

    /// <summary>Asks the database about this very version, with no change of ours under way.</summary>
    public Task<T> InTurnAsync<T>(Func<Batch, Task<T>> read) => InTurnAsync<T>(async current => (await read(current!), current));

    /// <summary>What the row says now; true: this activation knew something else.</summary>
    public Task<bool> ReadAgainAsync() => InTurnAsync<bool>(async current =>
    {
        var row = await store.ReadAsync(id, CancellationToken.None);
        return (row?.Snapshot.Version != current?.Snapshot.Version, row);
    });

    /// <summary>The row is not what this activation knows of it.</summary>
    public void Lose()
    {
        if (IsLost)
            return;
        IsLost = true;
        forget();
    }

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
        _turn.Dispose();
    }

    private async Task<(BatchWriteResult Result, Batch? Stored)> UpdateAsync(Batch current, Batch changed, CancellationToken cancellation)
    {
        var next = Numbered(current, changed);
        var result = Fresh(await store.UpdateAsync(next, current.Snapshot.Version, cancellation));
        return (result, result is BatchWriteResult.Stored ? next : null);
    }

    private async Task<T> InTurnAsync<T>(Func<Batch?, Task<(T Result, Batch? Next)>> work)
    {
        await _turn.WaitAsync();
        try
        {
            if (IsLost)
                throw Overtaken();
            (var result, Current) = await work(Current);
            return result;
        }
        catch (OutcomeUnknownException)
        {
            if (Settled.IsCompleted)
                Settled = SettleAsync(_ended.Token);
            Lose();
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task SettleAsync(CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            try
            {
                await store.SettleAsync(id, ended);
                return;
            }
            catch (Exception problem) when (problem is StorageUnavailableException or OutcomeUnknownException)
            {
                await Task.Delay(SettlePause, clock, ended).ConfigureAwait(
                    ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static Batch There(Batch? current) => current is { IsRemoved: false }
        ? current
        : throw new StorageUnavailableException("The batch was removed meanwhile; nothing was stored. Repeat the command.");

    private StorageUnavailableException Overtaken()
    {
        Lose();
        return new StorageUnavailableException(
            "Another activation of this batch stored a change first; nothing of this command was stored. Repeat it.");
    }

    private BatchWriteResult Fresh(BatchWriteResult result) => result is BatchWriteResult.Stale ? throw Overtaken() : result;

    private static Batch Numbered(Batch current, Batch next) =>
        next with { Snapshot = next.Snapshot with { Version = current.Snapshot.Version + 1 } };
}
