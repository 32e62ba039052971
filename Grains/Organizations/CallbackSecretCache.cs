using JobTracker.Grains.Callbacks;
using JobTracker.Grains.Callbacks.Secrets;
using JobTracker.Organizations;
using Microsoft.Extensions.Options;

namespace JobTracker.Grains.Organizations;

/// <summary>The secrets that organizations sign with, as their grains told them at most <see cref="Lifetime"/> ago: a silo that delivers
/// a thousand callbacks a second asks an organization's grain once in that time.</summary>
internal sealed class CallbackSecretCache(IGrainFactory grains, IOptionsMonitor<CallbackOptions> options, TimeProvider clock)
{
    /// <summary>How long a rotation takes to reach every silo, at most.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(2);

    /// <summary>Organizations remembered; past it all are forgotten, which costs a call each.</summary>
    public const int MostOrganizations = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Told> _told = [];
    private Configured? _configured;

    /// <summary>Callers at the same time share one question to the grain, and its failure; the next one asks again.</summary>
    public Task<CallbackSecrets> OfAsync(string organizationId)
    {
        if (options.CurrentValue.SigningSecret is { } text)
            return SecretsOf(text);
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

    /// <summary>The secret may come from a file, which may change.</summary>
    private Task<CallbackSecrets> SecretsOf(string text)
    {
        if (_configured is { } last && last.Text == text)
            return last.Secrets;
        _configured = new Configured(text, Task.FromResult(new CallbackSecrets(CallbackSecret.Parse(text))));
        return _configured.Secrets;
    }

    private async Task<CallbackSecrets> AskAsync(string organizationId) =>
        (await grains.GetGrain<IOrganizationSecretsGrain>(OrganizationKey.Of(organizationId)).GetCallbackSecretsAsync()).Read();

    private sealed record Configured(string Text, Task<CallbackSecrets> Secrets);

    private sealed record Told(Task<CallbackSecrets> Secrets, long At);
}
