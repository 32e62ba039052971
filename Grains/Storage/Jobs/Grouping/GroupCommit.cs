using JobTracker.Grains.Storage.Sql;
using JobTracker.Storage;
using Microsoft.Extensions.Logging;
using PendingWrite = JobTracker.Grains.Storage.Jobs.Grouping.PendingWork<JobTracker.Grains.Storage.Jobs.JobWrite,
    JobTracker.Grains.Storage.Jobs.JobWriteResult>;

namespace JobTracker.Grains.Storage.Jobs.Grouping;

/// <summary>
/// Stores the writes of all grains of a silo together: a few loops take whatever waits and store it in one statement and one commit.
/// Every write learns its own outcome: a stale or broken row fails alone, and a lost answer is asked after, never guessed.
/// </summary>
/// <param name="metrics">Null: nobody counts the commits.</param>
internal sealed class GroupCommit(
    IJobStore store, StorageOptions options, OpenWrites open, Outage outage, TimeProvider clock, ILogger<GroupCommit> log,
    CommitMetrics? metrics = null)
    : IAsyncDisposable
{
    private readonly WorkQueue<JobWrite, JobWriteResult> _queue = new("writes", options, outage, clock);
    private Task[] _loops = [];

    public void Start() => _loops = [.. Enumerable.Range(0, Math.Min(options.Writers, store.Writers)).Select(_ => LoopAsync())];

    /// <summary>How many wait.</summary>
    public int Waiting => _queue.Count;

    /// <summary>Stores one row; done when the commit is durable.</summary>
    /// <exception cref="StorageOverloadedException">Nothing was stored.</exception>
    /// <exception cref="StorageUnavailableException">Nothing was stored.</exception>
    /// <exception cref="OutcomeUnknownException">It may be stored.</exception>
    /// <exception cref="StoreException">The database refuses the row itself.</exception>
    public Task<JobWriteResult> WriteAsync(JobWrite write) => _queue.Enqueue(write);

    /// <summary>Works off what waits, then closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        await Task.WhenAll(_loops);
    }

    private async Task LoopAsync()
    {
        await Task.Yield();
        await using var writer = metrics is null ? store.OpenWriter() : new MeasuredWriter(store.OpenWriter(), metrics);
        var batch = new List<PendingWrite>();
        var ids = new HashSet<Guid>();
        PendingWrite? next = null;
        while (next is not null || await _queue.WaitAsync())
        {
            batch.Clear();
            ids.Clear();
            next = Fill(batch, ids, next);
            if (batch.Count > 0)
                await CommitAsync(writer, batch);
            await EndAsync(writer);
        }
    }

    /// <summary>What nobody waits for any more must not come later either, when its row has been read.</summary>
    private async Task EndAsync(IJobWriter writer)
    {
        while (writer.IsOpen && !_queue.IsClosed)
        {
            try
            {
                await writer.EndAsync(CancellationToken.None);
            }
            catch (StoreException problem)
            {
                log.WriteStaysOpen(problem);
                await Task.Delay(options.RetryPause, clock);
                _queue.GiveBackLate();
            }
        }

        open.Remove(writer);
    }

    /// <summary>
    /// Takes what waits, up to the limits. A second write of one row ends the batch and opens the next: in one statement only one of the
    /// two would be seen. So does a row that no longer fits.
    /// </summary>
    private PendingWrite? Fill(List<PendingWrite> batch, HashSet<Guid> ids, PendingWrite? first)
    {
        var bytes = 0;
        while (batch.Count < options.RowsPerStatement && bytes < options.BytesPerStatement)
        {
            if (first is { } pending)
                first = null;
            else if (!_queue.TryTake(out pending))
                return null;
            var fits = batch.Count == 0 || bytes + pending.Work.Size <= options.BytesPerStatement;
            if (!fits || !ids.Add(pending.Work.Id.Value))
                return pending;
            bytes += pending.Work.Size;
            batch.Add(pending);
        }

        return null;
    }

    /// <summary>Repeats until every write of the batch has an outcome or is out of time.</summary>
    private async Task CommitAsync(IJobWriter writer, List<PendingWrite> batch)
    {
        while (batch.Count > 0)
        {
            try
            {
                Complete(batch, await writer.WriteAsync([.. batch.Select(pending => pending.Work)], CancellationToken.None));
                _queue.Worked();
                continue;
            }
            catch (StoreException problem) when (problem.Fault == StoreFault.RowRefused)
            {
                await IsolateAsync(writer, batch, problem);
                return;
            }
            catch (StoreException problem)
            {
                log.WriteFailed(problem, batch.Count, problem.Fault);
                await PauseAsync(writer, batch, problem);
            }
            catch (Exception bug)
            {
                // A store that breaks its word must not end the loop: then every later write of the silo would wait for ever.
                log.WriterBroke(bug, batch.Count);
                TellOpen(writer);
                batch.ForEach(pending => pending.Fail(
                    new OutcomeUnknownException($"Storing {pending.Work.Id} ended in an unforeseen error: {bug.Message}")));
                return;
            }
        }
    }

    private static void Complete(List<PendingWrite> batch, IReadOnlyList<JobWriteResult> results)
    {
        var again = 0;
        for (var i = 0; i < results.Count; i++)
        {
            if (results[i] is JobWriteResult.Again)
                batch[again++] = batch[i];
            else
                batch[i].Complete(results[i]);
        }

        batch.RemoveRange(again, batch.Count - again);
    }

    /// <summary>Halves the batch until the row that the database refuses stands alone, and fails only that one.</summary>
    private async Task IsolateAsync(IJobWriter writer, List<PendingWrite> batch, StoreException problem)
    {
        if (batch.Count == 1)
        {
            log.RowRefused(problem, batch[0].Work.Id);
            batch[0].Fail(problem);
            return;
        }

        var middle = batch.Count / 2;
        await CommitAsync(writer, batch[..middle]);
        await CommitAsync(writer, batch[middle..]);
    }

    /// <summary>Waits before the next try, and lets go of what is out of time.</summary>
    private async Task PauseAsync(IJobWriter writer, List<PendingWrite> batch, StoreException problem)
    {
        if (problem.Fault == StoreFault.AnswerLost)
            batch.ForEach(pending => pending.Work = pending.Work with { MayBeStored = true });
        if (problem.Fault != StoreFault.Conflict)
        {
            _queue.Failed();
            await Task.Delay(options.RetryPause, clock);
        }

        _queue.GiveBackLate();
        TellOpen(writer);
        batch.RemoveAll(pending => _queue.IsLate(pending) && pending.Fail(TooLate(pending.Work, problem)));
    }

    private void TellOpen(IJobWriter writer)
    {
        if (writer.IsOpen)
            open.Add(writer);
    }

    private static Exception TooLate(JobWrite write, StoreException problem) => write.MayBeStored
        ? new OutcomeUnknownException($"The database went away while {write.Id} was being stored; it may or may not be: {problem.Message}")
        : new StorageUnavailableException($"The database can't be reached; nothing was stored: {problem.Message}");
}
