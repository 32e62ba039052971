using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Client.Retrying;

namespace JobTracker.Client.Batches;

/// <summary>
/// Makes one batch: a draft, its items in chunks, the submission. Each step may be sent again, since the id is new and chunks are numbered.
/// </summary>
internal sealed class BatchUpload(BatchId id, IBatchGrain grain, Caller caller, Attempts attempts)
{
    public async Task<BatchSnapshot> RunAsync(CreateBatch command, IAsyncEnumerable<NewItem> items, CancellationToken cancellation)
    {
        var isDraft = true;
        try
        {
            var begin = command.Begin;
            using var fingerprint = new BatchFingerprint(begin);
            await SendAsync("Begin", () => grain.BeginAsync(caller, begin), cancellation);
            var count = await AddAsync(items, fingerprint, cancellation);
            var key = command.IdempotencyKey;
            var submission = new SubmitBatch
            {
                ItemCount = count,
                IdempotencyKey = key,
                Fingerprint = key is null
                ? null
                : fingerprint.Text()
            };
            // From here on the batch may exist, whatever is heard of it.
            isDraft = false;
            return await SendAsync("Submit", () => grain.SubmitAsync(caller, submission), cancellation);
        }
        catch (BatchRefusedException)
        {
            isDraft = true;
            throw;
        }
        finally
        {
            // Not waited for: a draft that nobody discards is gone after an hour anyway.
            if (isDraft)
                grain.DiscardAsync(caller).Ignore();
        }
    }

    private async Task<long> AddAsync(IAsyncEnumerable<NewItem> items, BatchFingerprint fingerprint, CancellationToken cancellation)
    {
        var chunks = new ItemChunks();
        await foreach (var item in items.WithCancellation(cancellation))
        {
            fingerprint.Add(item);
            if (chunks.Add(item) is { } full)
                await SendAsync("AddItems", () => grain.AddItemsAsync(caller, full), cancellation);
        }
        if (chunks.Rest() is { } rest)
            await SendAsync("AddItems", () => grain.AddItemsAsync(caller, rest), cancellation);
        return chunks.Count;
    }

    private async Task<BatchSnapshot> SendAsync(string step, Func<Task<BatchOutcome>> call, CancellationToken cancellation)
    {
        var answer = await attempts.SendAsync(call, harmlessTwice: true, cancellation, isSlow: true);
        // A draft that is gone after a lost answer may be gone because the earlier attempt found its key taken.
        return answer.Outcome is not null and not BatchOutcome.NotFound || answer is { Outcome: not null, Lost: null }
            ? answer.Outcome.BatchOrThrow(id)
            : throw new BatchOutcomeUnknownException(id, step, answer.Lost);
    }
}
