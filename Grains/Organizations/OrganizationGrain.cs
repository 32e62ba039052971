using JobTracker.Grains.Callbacks;
using JobTracker.Grains.Callbacks.Secrets;
using JobTracker.Organizations;
using JobTracker.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace JobTracker.Grains.Organizations;

/// <summary>Keeps an organization's callback secrets. What could not be stored is neither shown nor signed with.</summary>
internal sealed class OrganizationGrain(
    [PersistentState("organization", OrganizationGrain.StorageName)] IPersistentState<OrganizationState> storage,
    IOptionsMonitor<CallbackOptions> options,
    TimeProvider clock,
    ILogger<OrganizationGrain> log) : Grain, IOrganizationGrain, IOrganizationSecretsGrain
{
    /// <summary>Orleans' own storage, for grains that write seldom; every host of silos has one of this name.</summary>
    private const string StorageName = "state";

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
        if (storage.State.CallbackSecrets is { } stored)
            return stored.Read();
        var first = new CallbackSecrets(CallbackSecret.Generate());
        await SaveAsync(first);
        return first;
    }

    private async Task SaveAsync(CallbackSecrets next)
    {
        var before = storage.State;
        storage.State = new OrganizationState { CallbackSecrets = StoredSecrets.Of(next) };
        try
        {
            await storage.WriteStateAsync();
        }
        catch (Exception problem)
        {
            // The next call reads what the database has: perhaps this very secret.
            storage.State = before;
            DeactivateOnIdle();
            log.CallbackSecretNotStored(problem, this.GetPrimaryKeyString());
            throw before.CallbackSecrets is null || problem is InconsistentStateException
                ? new StorageUnavailableException("The organization's callback secret could not be stored.")
                : new OutcomeUnknownException("It is not known whether the new callback secret was stored: read it.");
        }
    }

    private CallbackSecretInfo Tell(CallbackSecrets secrets) => new(
        secrets.Current.Text, IsConfigured: false, secrets.At(clock.GetUtcNow()).Count > 1 ? secrets.PreviousUntil : null);
}
