using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Work;
using JobTracker.Grains.Jobs;
using JobTracker.Grains.Storage.Batches;
using JobTracker.Jobs;
using JobTracker.Storage;

namespace JobTracker.Grains.Batches;

/// <summary>How a batch comes to be: as a draft that is filled and submitted, or by adoption.</summary>
internal sealed partial class BatchGrain
{
    private static readonly TimeSpan AdoptPatience = TimeSpan.FromSeconds(10);

    public async Task<BatchOutcome> BeginAsync(Caller caller, BeginBatch command)
    {
        if (_cell.Current is { } existing) return existing.IsSameDraft(caller, command) ? new BatchOutcome.AlreadyDone(existing.Snapshot) : Occupied(caller, existing);
        if (!context.Providers.TryFind(command.Provider, out var provider)) return UnknownProvider(command.Provider);
        var draft = Batch.Draft(_cell.Id, Job(), caller, provider.Name, command, context.Now);
        if (Refusal(draft, caller, provider) is { } refusal) return new BatchOutcome.Refused(refusal);
        await GuardedAsync(() => _cell.InsertAsync(draft));
        return new BatchOutcome.Accepted(draft.Snapshot);
    }

    public async Task<BatchOutcome> AddItemsAsync(Caller caller, ItemChunk chunk)
    {
        if (DraftOf(caller) is not { } draft) return NoDraft(caller);
        if (chunk.First + chunk.Items.Length <= draft.Received) return new BatchOutcome.AlreadyDone(draft.Snapshot);
        if (!context.Providers.TryFind(draft.Snapshot.Provider, out var provider)) return UnknownProvider(draft.Snapshot.Provider);
        if (BatchRules.Problem(draft, chunk, provider.Limits) is { } refusal) return new BatchOutcome.Refused(refusal);
        return await GuardedAsync(() => _cell.AddItemsAsync(chunk, context.Now)) is BatchWriteResult.Duplicate(var customId)
            ? new BatchOutcome.Refused(new BatchRefusal.DuplicateCustomId(customId))
            : new BatchOutcome.Accepted(_cell.Current!.Snapshot);
    }

    public async Task<BatchOutcome> SubmitAsync(Caller caller, SubmitBatch command)
    {
        if (DraftOf(caller) is not { } draft)
            return Visible(caller) is { } there && there.IdempotencyKey == command.IdempotencyKey && there.Received == command.ItemCount ? new BatchOutcome.AlreadyDone(there.Snapshot) : NoDraft(caller);
        if (BatchRules.Problem(draft, command, limits.Value) is { } refusal) return new BatchOutcome.Refused(refusal);

        // Under a job id of this moment: the draft may have been filled for a long time.
        var result = await GuardedAsync(() => _cell.TryChangeAsync(current => current.Submit(command, context.Now).WithJobId(Job())));
        if (result is not BatchWriteResult.KeyTaken taken) return await StartAsync();
        await DiscardAsync();
        return await OfHolderAsync(taken, command.IdempotencyKey!, command.Fingerprint);
    }

    public async Task DiscardAsync(Caller caller)
    {
        if (DraftOf(caller) is not null) await DiscardAsync();
    }

    private async Task DiscardAsync()
    {
        await ChangeAsync(current => current.IsDraft ? current.Removed(context.Now) : current);
        await Work().OrAfter(WakePatience, context.Clock, _stopping.Token, CancellationToken.None);
    }

    public async Task<BatchOutcome> AdoptAsync(Caller caller, AdoptBatch command)
    {
        if (_cell.Current is { } existing)
            return existing.Adopted && Visible(caller)?.Snapshot.ProviderBatchId == command.ProviderBatchId ? new BatchOutcome.AlreadyDone(existing.Snapshot) : Occupied(caller, existing);
        if (!context.Providers.TryFind(command.Provider, out var provider)) return UnknownProvider(command.Provider);
        if (!ProviderBatchId.IsPlain(command.ProviderBatchId)) return Invalid("provider_batch_id", "must be an id as the provider gives them");
        var batch = Batch.Adoption(_cell.Id, Job(), caller, provider.Name, command, context.Now);
        if (Refusal(batch, caller, provider) is { } refusal) return new BatchOutcome.Refused(refusal);
        if (await IsUnknownAsync(provider, command.ProviderBatchId)) return new BatchOutcome.Refused(new BatchRefusal.NotAtProvider(command.ProviderBatchId));
        return await GuardedAsync(() => _cell.InsertAsync(batch)) switch
        {
            BatchWriteResult.KeyTaken taken => await OfHolderAsync(taken, command.IdempotencyKey!, command.Fingerprint),
            BatchWriteResult.ProviderBatchTaken taken => taken.OrganizationId == caller.OrganizationId
                ? new BatchOutcome.AlreadyDone((await HolderAsync(taken.Holder)).Snapshot)
                : new BatchOutcome.Refused(new BatchRefusal.NotAtProvider(command.ProviderBatchId)),
            _ => await StartAsync(),
        };
    }

    /// <summary>The batch is stored; its job is made now if that is possible, and the work begins.</summary>
    private async Task<BatchOutcome> StartAsync()
    {
        try
        {
            await new BatchJob(_cell, context).MakeAsync();
        }
        catch (Exception problem) when (problem is StorageUnavailableException or StorageOverloadedException or OutcomeUnknownException)
        {
            context.Log.WorkFailed(problem, _cell.Id.ToString(), BatchStep.MakeJob); // the work comes to it
        }
        _ = Work();
        return new BatchOutcome.Accepted(_cell.Current!.Snapshot);
    }

    private JobId Job() => JobId.New(context.Clock);

    private Batch? DraftOf(Caller caller) => _cell.Current is { IsDraft: true } draft && draft.Snapshot.OrganizationId == caller.OrganizationId ? draft : null;

    private BatchOutcome NoDraft(Caller caller) =>
        Visible(caller) is null ? new BatchOutcome.NotFound() : new BatchOutcome.Refused(new BatchRefusal.AlreadySubmitted());

    private BatchRefusal? Refusal(Batch batch, Caller caller, IBatchProvider provider) =>
        BatchRules.Problem(batch, provider, Act.Of(caller.UserId, context.Clock), limits.Value, addresses);

    /// <summary>
    /// Only a plain 404, or an id that the provider cannot read, is a no; when the provider cannot be asked, the batch is followed and the polls tell.
    /// </summary>
    private async Task<bool> IsUnknownAsync(IBatchProvider provider, string providerBatchId)
    {
        using var patience = new CancellationTokenSource(AdoptPatience, context.Clock);
        try
        {
            await provider.GetAsync(providerBatchId, patience.Token);
            return false;
        }
        catch (ProviderException failed)
        {
            return failed.Error.Class is ProviderErrorClass.NotFound || failed.Error.SaysNoSuchId;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<BatchOutcome> OfHolderAsync(BatchWriteResult.KeyTaken taken, string key, string? fingerprint) => taken.Fingerprint == fingerprint
        ? new BatchOutcome.AlreadyDone((await HolderAsync(taken.Holder)).Snapshot)
        : new BatchOutcome.Refused(new BatchRefusal.IdempotencyKeyReused(key));

    /// <summary>From its row: the holder's grain may not know yet what it has just stored.</summary>
    private async Task<Batch> HolderAsync(BatchId holder) =>
        await context.Store.ReadAsync(holder, CancellationToken.None) ?? throw new StorageUnavailableException("The batch in the way was removed meanwhile; nothing was stored. Repeat the command.");

    private static BatchOutcome Occupied(Caller caller, Batch existing) =>
        existing.Snapshot.OrganizationId == caller.OrganizationId ? Invalid("id", "belongs to a batch already") : new BatchOutcome.NotFound();

    private static BatchOutcome.Refused UnknownProvider(string name) => Invalid("provider", $"no account is configured under the name '{name}'");

    private static BatchOutcome.Refused Invalid(string field, string problem) => new(new BatchRefusal.InvalidField(field, problem));
}
