using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Rules;
using JobTracker.Grains.Batches.Work;
using JobTracker.Grains.Storage.Batches;
using JobTracker.Storage;

namespace JobTracker.Grains.Batches;

/// <summary>
/// A batch that is at the provider already. It may be what a lost create of the account made: then it is that batch, with its items and its
/// job, and following it as another one would have the items sent and paid once more.
/// </summary>
internal sealed partial class BatchGrain
{
    private static readonly TimeSpan AdoptPatience = TimeSpan.FromSeconds(10);

    public Task<BatchOutcome> AdoptAsync(Caller caller, AdoptBatch command) => WhileMadeAsync(() => AdoptHereAsync(caller, command));

    private async Task<BatchOutcome> AdoptHereAsync(Caller caller, AdoptBatch command)
    {
        if (_cell.Current is { } existing)
            return existing.Adopted && Visible(caller)?.Snapshot.ProviderBatchId == command.ProviderBatchId
                ? new BatchOutcome.AlreadyDone(existing.Snapshot)
                : Occupied(caller, existing);
        if (await RepeatedAsync(caller, command) is { } repeated)
            return repeated;
        if (!context.Providers.TryFind(command.Provider, out var provider))
            return UnknownProvider(command.Provider);
        if (!ProviderBatchId.IsPlain(command.ProviderBatchId))
            return Invalid("provider_batch_id", "must be an id as the provider gives them");
        var batch = Batch.Adoption(_cell.Id, Job(), caller, provider.Name, command, context.Now);
        if (Refusal(batch, caller, provider) is { } refusal)
            return new BatchOutcome.Refused(refusal);
        if (await SettleLostAsync(caller, provider, command.ProviderBatchId) is { } settled)
            return settled;
        return await _cell.InsertAsync(batch) switch
        {
            BatchWriteResult.MovedOn => await AdoptHereAsync(caller, command),
            BatchWriteResult.KeyTaken taken =>
                await OfHolderAsync(taken, command.IdempotencyKey!, command.Fingerprint) ?? await AdoptHereAsync(caller, command),
            BatchWriteResult.ProviderBatchTaken taken =>
                await OfHolderAsync(caller, taken, command.ProviderBatchId) ?? await AdoptHereAsync(caller, command),
            _ => await StartAsync(),
        };
    }

    /// <summary>
    /// Before the provider is asked: it may keep the batch no longer, and a repetition is told of its batch all the same.
    /// </summary>
    private async Task<BatchOutcome?> RepeatedAsync(Caller caller, AdoptBatch command) =>
        BatchRules.HasKey(command, limits.Value)
            && await context.Store.FindKeyAsync(caller.OrganizationId, command.IdempotencyKey!, CancellationToken.None) is { } taken
            ? await OfHolderAsync(taken, command.IdempotencyKey!, command.Fingerprint)
            : null;

    public async Task<BatchOutcome> SettleAsync(Caller caller, string providerBatchId)
    {
        if (Visible(caller) is not { } batch)
            return new BatchOutcome.NotFound();
        if (batch.Snapshot.Phase is not BatchPhase.SubmissionUnknown)
            return batch.Snapshot.ProviderBatchId == providerBatchId
                ? new BatchOutcome.AlreadyDone(batch.Snapshot)
                : new BatchOutcome.Refused(new BatchRefusal.AlreadySubmitted());
        if (!ProviderBatchId.IsPlain(providerBatchId))
            return Invalid("provider_batch_id", "must be an id as the provider gives them");
        var result = await _cell.TryChangeAsync(
            current => current.IsLostAs(batch) ? current.Settled(providerBatchId, context.Now) : current);
        if (result is BatchWriteResult.ProviderBatchTaken taken)
            return await OfHolderAsync(caller, taken, providerBatchId) ?? await SettleAsync(caller, providerBatchId);
        if (_cell.Current!.Snapshot.ProviderBatchId != providerBatchId)
            return new BatchOutcome.Refused(new BatchRefusal.AlreadySubmitted());
        context.Log.Settled(_cell.Id.ToString(), batch.Snapshot.Provider, providerBatchId);
        _ = Work();
        return new BatchOutcome.Accepted(_cell.Current.Snapshot);
    }

    /// <summary>
    /// The answer where the batch is not there, may be a lost create's, or cannot be told from one; null: it may be adopted. While it may
    /// be another organization's it does not exist for this one: handing it over would show one tenant another's results, and take from the
    /// other what it has paid for. That create stays as it is and is looked for on.
    /// </summary>
    private async Task<BatchOutcome?> SettleLostAsync(Caller caller, IBatchProvider provider, string providerBatchId)
    {
        var records = new AccountRecords(context, provider.Name);
        if (await PossibleAsync(provider, records, providerBatchId) is not { } possible)
            return new BatchOutcome.Refused(new BatchRefusal.NotAtProvider(providerBatchId));
        if (possible.Count == 0 || await records.Creates.IsTaken(providerBatchId, CancellationToken.None))
            return null;
        if (possible.Any(create => create.OrganizationId != caller.OrganizationId))
            return new BatchOutcome.Refused(new BatchRefusal.NotAtProvider(providerBatchId));
        if (possible.Any(create => create.IsUnderWay))
            throw new StorageUnavailableException("It may be what a create makes that is still under way; nothing was stored. Repeat the "
                + "command when that has been answered.");

        // The lost batch's grain awaits no other batch, so it may be awaited here.
        foreach (var lost in await ByLikelihoodAsync(possible))
        {
            if (await GrainFactory.GetGrain<IBatchGrain>(lost.ToString())
                .SettleAsync(caller, providerBatchId) is BatchOutcome.Accepted(var settled))
                return new BatchOutcome.AlreadyDone(settled);
        }
        return null;
    }

    /// <summary>
    /// Of several lost creates of the caller's own: one that is still wanted, and that went out last. The others are looked for on.
    /// </summary>
    private async Task<IEnumerable<BatchId>> ByLikelihoodAsync(IReadOnlyList<SubmissionTrace> possible)
    {
        var cancelled = new HashSet<BatchId>();
        foreach (var create in possible)
        {
            if (await context.Store.ReadAsync(create.BatchId, CancellationToken.None) is { Snapshot.CancelRequestedAt: not null })
                cancelled.Add(create.BatchId);
        }
        return possible.OrderBy(create => cancelled.Contains(create.BatchId))
            .ThenByDescending(create => create.PostedAt).Select(create => create.BatchId);
    }

    /// <summary>
    /// The lost creates that it may come from. Null: the provider has no such
    /// batch, for which a plain 404 is taken, and that it cannot read the id.
    /// </summary>
    /// <remarks>
    /// When the provider cannot be asked, the batch is followed and the
    /// polls tell; unless there are lost creates, of which it could be any.
    /// </remarks>
    private async Task<IReadOnlyList<SubmissionTrace>?> PossibleAsync(
        IBatchProvider provider, AccountRecords records, string providerBatchId)
    {
        using var patience = new CancellationTokenSource(AdoptPatience, context.Clock);
        try
        {
            // Asked before the records are: who made a batch that is there had written it down before.
            return await provider.PossibleAsync(await provider.GetAsync(providerBatchId, patience.Token), records.Creates, patience.Token);
        }
        catch (ProviderException failed) when (failed.Error.Class is ProviderErrorClass.NotFound || failed.Error.SaysNoSuchId)
        {
            return null;
        }
        catch (Exception failed) when (failed is ProviderException or OperationCanceledException)
        {
            return await records.Creates.Unresolved(CancellationToken.None).AnyAsync()
                ? throw new StorageUnavailableException("The provider cannot be asked whether this is what a lost create of the account "
                    + "made; nothing was stored. Repeat the command.")
                : [];
        }
    }

    /// <summary>Null: the batch that had it is gone meanwhile, and it is free again.</summary>
    private async Task<BatchOutcome?> OfHolderAsync(
        Caller caller, BatchWriteResult.ProviderBatchTaken taken, string providerBatchId)
    {
        if (taken.OrganizationId != caller.OrganizationId)
            return new BatchOutcome.Refused(new BatchRefusal.NotAtProvider(providerBatchId));
        return await HolderAsync(taken.Holder) is { } holder ? new BatchOutcome.AlreadyDone(holder.Snapshot) : null;
    }
}
