using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Rules;
using JobTracker.Grains.Batches.Work;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Jobs.Watching;
using JobTracker.Grains.Storage.Batches;
using JobTracker.Jobs;
using JobTracker.Storage;

namespace JobTracker.Grains.Batches;

/// <summary>How a batch comes to be: as a draft that is filled and submitted.</summary>
internal sealed partial class BatchGrain
{
    public Task<BatchOutcome> BeginAsync(Caller caller, BeginBatch command) => WhileMadeAsync(() => BeginDraftAsync(caller, command));

    private async Task<BatchOutcome> BeginDraftAsync(Caller caller, BeginBatch command)
    {
        if (_cell.Current is { } existing)
            return existing.IsSameDraft(caller, command) ? new BatchOutcome.AlreadyDone(existing.Snapshot) : Occupied(caller, existing);
        if (!context.Providers.TryFind(command.Provider, out var provider))
            return UnknownProvider(command.Provider);
        var draft = Batch.Draft(_cell.Id, Job(), caller, provider.Name, command, context.Now);
        if (Refusal(draft, caller, provider) is { } refusal)
            return new BatchOutcome.Refused(refusal);
        return await _cell.InsertAsync(draft) is BatchWriteResult.MovedOn
            ? await BeginDraftAsync(caller, command)
            : new BatchOutcome.Accepted(draft.Snapshot);
    }

    public async Task<BatchOutcome> AddItemsAsync(Caller caller, ItemChunk chunk)
    {
        if (DraftOf(caller) is not { } draft)
            return NoDraft(caller);
        if (chunk.First + chunk.Items.Length <= draft.Received)
            return new BatchOutcome.AlreadyDone(draft.Snapshot);
        if (!context.Providers.TryFind(draft.Snapshot.Provider, out var provider))
            return UnknownProvider(draft.Snapshot.Provider);
        if (BatchRules.Problem(draft, chunk, provider.Limits) is { } refusal)
            return new BatchOutcome.Refused(refusal);
        return await _cell.AddItemsAsync(chunk, context.Now) switch
        {
            BatchWriteResult.MovedOn => await AddItemsAsync(caller, chunk),
            BatchWriteResult.Duplicate(var customId) => new BatchOutcome.Refused(new BatchRefusal.DuplicateCustomId(customId)),
            _ => new BatchOutcome.Accepted(_cell.Current!.Snapshot),
        };
    }

    public async Task<BatchOutcome> SubmitAsync(Caller caller, SubmitBatch command)
    {
        if (DraftOf(caller) is not { } draft)
            return Visible(caller) is { } there && there.IdempotencyKey == command.IdempotencyKey && there.Received == command.ItemCount
                ? new BatchOutcome.AlreadyDone(there.Snapshot)
                : NoDraft(caller);
        if (BatchRules.Problem(draft, command, limits.Value) is { } refusal)
            return new BatchOutcome.Refused(refusal);

        // Under a job id of this moment: the draft may have been filled for a long time.
        switch (await _cell.TryChangeDraftAsync(current => current.Submit(command, context.Now).WithJobId(Job())))
        {
            case BatchWriteResult.MovedOn:
                return await SubmitAsync(caller, command);
            case BatchWriteResult.KeyTaken taken:
                if (await OfHolderAsync(taken, command.IdempotencyKey!, command.Fingerprint) is not { } repeated)
                    return await SubmitAsync(caller, command);
                await DiscardAsync();
                return repeated;
            default:
                return await StartAsync();
        }
    }

    public async Task DiscardAsync(Caller caller)
    {
        if (DraftOf(caller) is not null)
            await DiscardAsync();
    }

    /// <summary>Guarded as every change is: a draft that was submitted meanwhile stays.</summary>
    private async Task DiscardAsync()
    {
        await _cell.TryChangeDraftAsync(draft => draft.Removed(context.Now));
        await Work().OrAfter(WakePatience, context.Clock, _stopping.Token, CancellationToken.None);
    }

    /// <summary>The batch is stored; its job is made now if that is possible, and the work begins.</summary>
    private async Task<BatchOutcome> StartAsync()
    {
        try
        {
            await new BatchJob(_cell, context).MakeAsync();
        }
        catch (Exception problem) when (problem
            is StorageUnavailableException or StorageOverloadedException or OutcomeUnknownException or ClocksDifferException)
        {
            context.Log.WorkFailed(problem, _cell.Id.ToString(), BatchStep.MakeJob); // the work comes to it
        }
        _ = Work();
        return new BatchOutcome.Accepted(_cell.Current!.Snapshot);
    }

    private Task<BatchOutcome> WhileMadeAsync(Func<Task<BatchOutcome>> make) =>
        _cell.Current is null ? absent.WhileMadeAsync(GrainContext, make, isThere: () => _cell.Current is not null) : make();

    private JobId Job() => JobId.New(context.Clock);

    private Batch? DraftOf(Caller caller) =>
        Here() is { IsDraft: true } draft && draft.Snapshot.OrganizationId == caller.OrganizationId ? draft : null;

    private BatchOutcome NoDraft(Caller caller) =>
        Visible(caller) is null ? new BatchOutcome.NotFound() : new BatchOutcome.Refused(new BatchRefusal.AlreadySubmitted());

    private BatchRefusal? Refusal(Batch batch, Caller caller, IBatchProvider provider) =>
        BatchRules.Problem(batch, provider, Act.Of(caller.UserId, context.Clock) with { Latest = context.Latest }, limits.Value, addresses);

    /// <summary>The batch that an earlier create made under this key; null where it is gone meanwhile, and the key with it.</summary>
    private async Task<BatchOutcome?> OfHolderAsync(
        BatchWriteResult.KeyTaken taken, string key, string? fingerprint) => await HolderAsync(taken.Holder) switch
        {
            null => null,
            { } holder when taken.Fingerprint == fingerprint => new BatchOutcome.AlreadyDone(holder.Snapshot),
            _ => new BatchOutcome.Refused(new BatchRefusal.IdempotencyKeyReused(key)),
        };

    /// <summary>From its row: the holder's grain may not know yet what it has just stored.</summary>
    private async Task<Batch?> HolderAsync(BatchId holder) =>
        await context.Store.ReadAsync(holder, CancellationToken.None) is { IsRemoved: false } there ? there : null;

    private static BatchOutcome Occupied(Caller caller, Batch existing) =>
        existing.Snapshot.OrganizationId == caller.OrganizationId
            ? Invalid("id", "belongs to a batch already")
            : new BatchOutcome.NotFound();

    private static BatchOutcome.Refused UnknownProvider(string name) =>
        Invalid("provider", $"no account is configured under the name '{name}'");

    private static BatchOutcome.Refused Invalid(string field, string problem) => new(new BatchRefusal.InvalidField(field, problem));
}
