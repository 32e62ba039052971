using System.Collections.Immutable;
using JobTracker.Grains.Callbacks;
using JobTracker.Grains.Callbacks.Secrets;
using JobTracker.Grains.Stored;
using JobTracker.Keys;
using JobTracker.Organizations;
using JobTracker.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace JobTracker.Grains.Organizations;

/// <summary>Keeps what an organization is and has. What could not be stored is neither shown nor used.</summary>
internal sealed class OrganizationGrain(
    [PersistentState("organization", OrganizationGrain.StorageName)] IPersistentState<OrganizationState> storage,
    IOptionsMonitor<CallbackOptions> options,
    IOptions<OrganizationOptions> limits,
    TimeProvider clock,
    ILogger<OrganizationGrain> log)
    : Grain, IOrganizationGrain, IOrganizationKeysGrain, IOrganizationSecretsGrain, IIncomingGrainCallFilter
{
    /// <summary>Orleans' own storage, for grains that write seldom; every host of silos has one of this name.</summary>
    private const string StorageName = "state";

    /// <summary>
    /// What is stored: <see cref="GetStandingAsync"/> answers beside a write under way, and must not tell what it may not come to be.
    /// </summary>
    private OrganizationState _committed = new();

    private LostWrites<OrganizationState>? _lost;

    private LostWrites<OrganizationState> Lost => _lost ??= new(storage, taken: () => _committed = storage.State);

    private string Id => OrganizationKey.Read(this.GetPrimaryKeyString());

    public Task Invoke(IIncomingGrainCallContext context) => Lost.InvokeAsync(context);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _committed = storage.State;
        return Task.CompletedTask;
    }

    public Task<OrganizationSnapshot?> GetAsync() => Task.FromResult(_committed.Show(Id));

    public Task<OrganizationLimits?> GetStandingAsync() =>
        Task.FromResult(
            _committed is { CreatedAt: not null, IsSuspended: false } good ? good.Limits ?? OrganizationLimits.Configured : null);

    public async Task<bool> CreateAsync(string? name, OrganizationLimits organizationLimits)
    {
        if (_committed.CreatedAt is not null)
            return false;
        var now = clock.GetUtcNow();
        await SaveAsync(_committed with { CreatedAt = now, UpdatedAt = now, Name = name, Limits = organizationLimits });
        log.OrganizationMade(Id);
        return true;
    }

    public async Task<OrganizationSnapshot?> UpdateAsync(UpdateOrganization command)
    {
        if (_committed.CreatedAt is null)
            return null;
        await SaveAsync(_committed with
        {
            UpdatedAt = clock.GetUtcNow(),
            Name = command.Name ?? _committed.Name,
            IsSuspended = command.IsSuspended ?? _committed.IsSuspended,
            Limits = (_committed.Limits ?? OrganizationLimits.Configured).With(command.Limits),
        });
        return _committed.Show(Id);
    }

    public async Task<bool> AddKeyAsync(KeyId id)
    {
        if (_committed.Keys.Contains(id.Name))
            return true;
        if (_committed.Keys.Count >= limits.Value.Keys)
            return false;
        await SaveAsync(_committed with { Keys = [.. _committed.Keys, id.Name] });
        return true;
    }

    public async Task ForgetGoneKeysAsync(ImmutableArray<KeyId> ids)
    {
        // Asked in this turn: whoever makes one lists it again afterwards, and that call waits for this one.
        var known = await Task.WhenAll(ids.Select(id => GrainFactory.GetGrain<IApiKeyGrain>(id.ToString()).ExistsAsync()));
        var gone = ids.Where((_, index) => !known[index]).Select(id => id.Name).ToHashSet(StringComparer.Ordinal);
        if (gone.Count > 0)
            await SaveAsync(_committed with { Keys = [.. _committed.Keys.Where(name => !gone.Contains(name))] });
    }

    public Task<ImmutableArray<KeyId>> ListKeysAsync() => Task.FromResult(_committed.Keys.Select(KeyId.Named).ToImmutableArray());

    public async Task<CallbackSecretInfo> GetCallbackSecretAsync() =>
        options.CurrentValue.SigningSecret is { } configured
            ? new(configured, IsConfigured: true, PreviousSignsUntil: null)
            : Tell(await SecretsAsync());

    public async Task<CallbackSecretInfo> RotateCallbackSecretAsync()
    {
        if (options.CurrentValue.SigningSecret is not null)
            return await GetCallbackSecretAsync();
        var rotated = (await SecretsAsync()).Rotate(CallbackSecret.Generate(), clock.GetUtcNow(), options.CurrentValue.RotationOverlap);
        await SaveAsync(rotated);
        log.CallbackSecretRotated(this.GetPrimaryKeyString(), rotated.PreviousUntil);
        return Tell(rotated);
    }

    public async Task<StoredSecrets> GetCallbackSecretsAsync() => StoredSecrets.Of(await SecretsAsync());

    private async Task<CallbackSecrets> SecretsAsync()
    {
        if (_committed.CallbackSecrets is { } stored)
            return stored.Read();
        var first = new CallbackSecrets(CallbackSecret.Generate());
        await SaveAsync(first);
        return first;
    }

    private Task SaveAsync(CallbackSecrets next) => SaveAsync(_committed with { CallbackSecrets = StoredSecrets.Of(next) });

    private async Task SaveAsync(OrganizationState next)
    {
        storage.State = next;
        try
        {
            await storage.WriteStateAsync();
            _committed = next;
        }
        catch (Exception problem)
        {
            // The next call reads what the database has: perhaps this very state.
            storage.State = _committed;
            log.OrganizationNotStored(problem, this.GetPrimaryKeyString());
            if (storage.RecordExists && problem is not InconsistentStateException)
            {
                Lost.Add();
                throw new OutcomeUnknownException("It is not known whether the organization's change was stored: read it.");
            }

            DeactivateOnIdle();
            throw new StorageUnavailableException("The organization could not be stored.");
        }
    }

    private CallbackSecretInfo Tell(CallbackSecrets secrets) => new(
        secrets.Current.Text, IsConfigured: false, secrets.At(clock.GetUtcNow()).Count > 1 ? secrets.PreviousUntil : null);
}
