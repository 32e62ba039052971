using JobTracker.Grains.Callbacks;
using JobTracker.Grains.Callbacks.Secrets;
using JobTracker.Organizations;
using Microsoft.Extensions.Options;

namespace JobTracker.Grains.Organizations;

/// <summary>The secrets that organizations sign with, as their grains told them at most <see cref="Lifetime"/> ago: a silo that delivers
/// a thousand callbacks a second asks an organization's grain once in that time.</summary>
internal sealed class CallbackSecretCache(IGrainFactory grains, IOptions<CallbackOptions> options, TimeProvider clock)
{
    /// <summary>How long a rotation takes to reach every silo, at most.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(2);

    /// <summary>Organizations remembered; past it all are forgotten, which costs a call each.</summary>
    public const int MostOrganizations = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Told> _told = [];
    private readonly Task<CallbackSecrets>? _configured =
        options.Value.SigningSecret is { } text ? Task.FromResult(new CallbackSecrets(CallbackSecret.Parse(text))) : null;

    /// <summary>Callers at the same time share one question to the grain, and its failure; the next one asks again.</summary>
    public Task<CallbackSecrets> OfAsync(string organizationId)
    {
        if (_configured is not null)
            return _configured;
        lock (_gate)
        {
            if (_told.TryGetValue(organizationId, out var told) && !told.Secrets.IsFaulted && clock.GetElapsedTime(told.At) < Lifetime)
                return told.Secrets;
            if (_told.Count >= MostOrganizations)
                _told.Clear();
            _told[organizationId] = told = new Told(AskAsync(organizationId), clock.GetTimestamp());
            return told.Secrets;
        }
    }

    private async Task<CallbackSecrets> AskAsync(string organizationId) =>
        (await grains.GetGrain<IOrganizationSecretsGrain>(OrganizationKey.Of(organizationId)).GetCallbackSecretsAsync()).Read();

    private sealed record Told(Task<CallbackSecrets> Secrets, long At);
}
