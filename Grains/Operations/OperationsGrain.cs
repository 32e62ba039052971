using JobTracker.Callers;
using JobTracker.Grains.Operations.Life;
using JobTracker.Grains.Storage.Operations;
using JobTracker.Jobs;
using JobTracker.Operations;
using JobTracker.Organizations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JobTracker.Grains.Operations;

/// <summary>Starts an organization's operations, and lets one after the other run.</summary>
internal sealed class OperationsGrain(
    IOperationStore store, MatchCount count, IOptions<OperationsOptions> options, IOptions<JobLimits> limits, TimeProvider clock,
    ILogger<OperationsGrain> log) : Grain, IOperationsGrain
{
    private const int LargestPage = 100;

    /// <summary>Operations that one start removes at most: more are removed than are made.</summary>
    private const int RemovedAtOnce = 100;

    private string Organization => OrganizationKey.Read(this.GetPrimaryKeyString());

    public Task<OperationOutcome?> FindAsync(Caller caller, StartOperation command)
    {
        CheckIsOwn(caller);
        return command.IdempotencyKey is { } key
            ? EarlierAsync(key, FilterText.FingerprintOf(command))
            : Task.FromResult<OperationOutcome?>(null);
    }

    public async Task<OperationOutcome> StartAsync(Caller caller, OperationId id, StartOperation command)
    {
        if (await FindAsync(caller, command) is { } earlier)
            return earlier is OperationOutcome.AlreadyDone { Operation: var own } && own.Id == id
                ? new OperationOutcome.Accepted(own)
                : earlier;
        if (await store.ReadAsync(id, CancellationToken.None) is { } made)
            return IsOwn(made) ? new OperationOutcome.Accepted(made.Snapshot) : new OperationOutcome.NotFound();
        if (StartRules.Refusal(command, limits.Value) is { } refusal)
            return refusal;
        if (command.MaxItems is { } most && await count.ExceedsAsync(caller, command, id, most))
            return new OperationOutcome.TooManyMatches(most);
        var operation = StartRules.Begin(id, caller, command, FilterText.FingerprintOf(command));
        var added = await store.AddAsync(operation, options.Value.Waiting + 1, CancellationToken.None);
        if (added == OperationAdded.TooMany)
            return new OperationOutcome.TooMany();
        if (added == OperationAdded.KeyTaken)
            return await FindAsync(caller, command) ?? new OperationOutcome.TooMany();
        await WakeAsync();
        await RemoveOldAsync();
        return new OperationOutcome.Accepted(operation.Snapshot);
    }

    public async Task<OperationPreview> PreviewAsync(Caller caller, StartOperation command)
    {
        CheckIsOwn(caller);
        return StartRules.Refusal(command, limits.Value) is { } refusal
            ? new OperationPreview(0, IsLowerBound: false, [], refusal)
            : await count.PreviewAsync(caller, command, OperationId.New(clock));
    }

    public Task<OperationPage> ListAsync(Caller caller, OperationQuery query)
    {
        CheckIsOwn(caller);
        return query.Limit is < 1 or > LargestPage
            ? throw new ArgumentOutOfRangeException(nameof(query), $"A page has 1 to {LargestPage} operations, not {query.Limit}.")
            : store.ListAsync(Organization, query, CancellationToken.None);
    }

    public async Task WakeAsync()
    {
        if (await store.ReadOpenAsync(Organization, limit: 1, CancellationToken.None) is [var first])
            await GrainFactory.GetGrain<IOperationGrain>(first.ToString()).WakeAsync();
    }

    /// <summary>What an earlier start under the key began; null: nothing.</summary>
    private async Task<OperationOutcome?> EarlierAsync(string key, string fingerprint)
    {
        if (await store.FindKeyAsync(Organization, key, CancellationToken.None) is not { } found)
            return null;
        if (found.Fingerprint != fingerprint)
            return new OperationOutcome.KeyReused();
        return await store.ReadAsync(found.Id, CancellationToken.None) is { } earlier
            ? new OperationOutcome.AlreadyDone(earlier.Snapshot)
            : null;
    }

    private async Task RemoveOldAsync()
    {
        var removed = await store.RemoveAsync(clock.GetUtcNow() - options.Value.KeepTime, RemovedAtOnce, CancellationToken.None);
        if (removed > 0)
            log.OperationsRemoved(removed, options.Value.KeepTime);
    }

    private bool IsOwn(Operation operation) => operation.Snapshot.OrganizationId == Organization;

    private void CheckIsOwn(Caller caller)
    {
        if (caller.OrganizationId != Organization)
            throw new UnauthorizedAccessException("Operations are their organization's own.");
    }
}
