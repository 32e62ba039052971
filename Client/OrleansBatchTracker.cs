using System.Runtime.CompilerServices;
using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Client.Batches;
using JobTracker.Client.Retrying;
using JobTracker.Jobs;

namespace JobTracker.Client;

/// <summary>
/// The one <see cref="IBatchTracker"/>. Every command but a resubmission finds what it did before, so that it may be sent again.
/// </summary>
internal sealed class OrleansBatchTracker(
    IGrainFactory grains, IJobTracker jobs, JobTrackerClientOptions options, TimeProvider clock, Random random)
    : IBatchTracker
{
    private const int ChunkBytes = 1 << 20;
    private const int PageLines = 100;

    /// <summary>Between two looks at a batch whose job is not there (yet, or any more).</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly Caller _caller = new(options.OrganizationId, options.UserId);
    private readonly Attempts _attempts = new(options, clock, random);

    public Task<BatchSnapshot> CreateAsync(CreateBatch command, IAsyncEnumerable<NewItem> items, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(items);
        var id = BatchId.New(clock);
        return new BatchUpload(id, Grain(id), _caller, _attempts).RunAsync(command, items, cancellation);
    }

    public async Task<BatchSnapshot> AdoptAsync(AdoptBatch command, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        var id = BatchId.New(clock);
        var keyed = command.IdempotencyKey is null || command.Fingerprint is not null
            ? command
            : command with { Fingerprint = BatchFingerprint.Of(command) };
        return await SendAsync(id, "Adopt", grain => grain.AdoptAsync(_caller, keyed), cancellation, isSlow: true);
    }

    public Task<BatchSnapshot?> GetAsync(BatchId batchId, CancellationToken cancellation = default) =>
        _attempts.ReadAsync(() => Grain(batchId).GetAsync(_caller), cancellation);

    public async IAsyncEnumerable<BatchSnapshot> ListAsync(
        BatchQuery query, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        while (true)
        {
            var asked = query;
            var page = await _attempts.ReadAsync(() => grains.GetGrain<IBatchCatalogGrain>(0).ListAsync(_caller, asked), cancellation);
            foreach (var batch in page.Batches)
                yield return batch;
            if (page.Batches.IsEmpty)
                yield break;
            query = query with { After = page.Batches[^1].Id };
        }
    }

    public async IAsyncEnumerable<ItemSnapshot> ListItemsAsync(
        BatchId batchId, ItemQuery query, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        while (true)
        {
            var asked = query;
            var page = await _attempts.ReadAsync(() => Grain(batchId).ListItemsAsync(_caller, asked), cancellation)
                ?? throw new BatchNotFoundException(batchId);
            foreach (var item in page.Items)
                yield return item;
            if (!page.HasNext)
                yield break;
            query = query with { After = page.Items[^1].CustomId };
        }
    }

    public Task<ItemSnapshot?> GetItemAsync(BatchId batchId, string customId, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(customId);
        return _attempts.ReadAsync(() => Grain(batchId).GetItemAsync(_caller, customId), cancellation);
    }

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadResultsAsync(
        BatchId batchId, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var batch = await GetAsync(batchId, cancellation) ?? throw new BatchNotFoundException(batchId);
        if (!batch.Status.IsTerminal)
            throw new BatchRefusedException(batchId, new BatchRefusal.NotEnded(batch.Status));
        string? next = null;
        do
        {
            var after = next;
            var chunk = await _attempts.ReadAsync(() => Grain(batchId).ReadResultsAsync(_caller, after, ChunkBytes), cancellation)
                ?? throw new BatchNotFoundException(batchId);
            if (!chunk.IsOf(batch.Attempts))
                throw new BatchRefusedException(batchId, new BatchRefusal.NotEnded(BatchStatus.Pending));
            for (ReadOnlyMemory<byte> rest = chunk.Lines; !rest.IsEmpty;)
            {
                var end = rest.Span.IndexOf((byte)'\n');
                var line = end < 0 ? rest : rest[..end];
                // A copy: a line that is kept shall not keep its whole chunk.
                yield return line.ToArray();
                rest = end < 0 ? default : rest[(end + 1)..];
            }
            next = chunk.Next;
        }
        while (next is not null);
    }

    public Task<BatchSnapshot> CancelAsync(BatchId batchId, CancellationToken cancellation = default) =>
        SendAsync(batchId, "Cancel", grain => grain.CancelAsync(_caller), cancellation);

    public Task<BatchSnapshot> RefreshAsync(BatchId batchId, CancellationToken cancellation = default) =>
        SendAsync(batchId, "Refresh", grain => grain.RefreshAsync(_caller), cancellation, isSlow: true);

    public async Task<BatchSnapshot> ResubmitFailedAsync(BatchId batchId, CancellationToken cancellation = default)
    {
        var answer = await _attempts.SendAsync(
            () => Grain(batchId).ResubmitFailedAsync(_caller), harmlessTwice: false, cancellation, isSlow: true);
        return answer.Outcome is { } outcome
            ? outcome.BatchOrThrow(batchId)
            : throw new BatchOutcomeUnknownException(batchId, "ResubmitFailed", answer.Lost);
    }

    public async Task<BatchSnapshot?> DeleteAsync(BatchId batchId, CancellationToken cancellation = default)
    {
        var answer = await _attempts.SendAsync(() => Grain(batchId).DeleteAsync(_caller), harmlessTwice: true, cancellation);
        return answer.Outcome switch
        {
            BatchOutcome.NotFound => null,
            { } outcome => outcome.BatchOrThrow(batchId),
            null => throw new BatchOutcomeUnknownException(batchId, "Delete", answer.Lost),
        };
    }

    public async IAsyncEnumerable<QuarantinedLineSnapshot> ReadQuarantineAsync(
        BatchId batchId, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var after = default(QuarantinePlace);
        while (true)
        {
            var from = after;
            var page = await _attempts.ReadAsync(() => Grain(batchId).ReadQuarantineAsync(_caller, from, PageLines), cancellation)
                ?? throw new BatchNotFoundException(batchId);
            foreach (var line in page.Lines)
                yield return line;
            if (!page.HasNext)
                yield break;
            after = page.Lines[^1].Place;
        }
    }

    public async Task<BatchWait> WaitForCompletionAsync(BatchId batchId, TimeSpan longestWait, CancellationToken cancellation = default)
    {
        if (longestWait != Timeout.InfiniteTimeSpan)
            ArgumentOutOfRangeException.ThrowIfLessThan(longestWait, TimeSpan.Zero);
        var start = clock.GetTimestamp();
        JobId? over = null;
        while (await GetAsync(batchId, cancellation) is { } batch)
        {
            if (batch.Status.IsTerminal)
                return new BatchWait.Ended(batch);
            var left = longestWait == Timeout.InfiniteTimeSpan ? longestWait : longestWait - clock.GetElapsedTime(start);
            if (left <= TimeSpan.Zero && left != Timeout.InfiniteTimeSpan)
                return new BatchWait.TimedOut(batch);
            // The batch's job is made a moment after the batch, and ends just after
            // it. One that ended although its batch did not has nothing more to tell.
            var wait = batch.JobId == over ? new JobWait.NotFound() : await jobs.WaitForCompletionAsync(batch.JobId, left, cancellation);
            if (wait is JobWait.Ended)
                over = batch.JobId;
            else if (wait is JobWait.NotFound)
                await Task.Delay(left == Timeout.InfiniteTimeSpan || left > LookAgain ? LookAgain : left, clock, cancellation);
        }
        return new BatchWait.NotFound();
    }

    private async Task<BatchSnapshot> SendAsync(
        BatchId id, string command, Func<IBatchGrain, Task<BatchOutcome>> call, CancellationToken cancellation, bool isSlow = false)
    {
        var answer = await _attempts.SendAsync(() => call(Grain(id)), harmlessTwice: true, cancellation, isSlow);
        return answer.Outcome is { } outcome ? outcome.BatchOrThrow(id) : throw new BatchOutcomeUnknownException(id, command, answer.Lost);
    }

    private IBatchGrain Grain(BatchId id) => grains.GetGrain<IBatchGrain>(id.ToString());
}
