using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace JobTracker.Gateway.DataProtection;

/// <summary>
/// The framework's own keeper of keys, which is told that other gateways made some: else it would look once a day, and turn away until then
/// whoever signed in at a gateway that began at the same time.
/// </summary>
internal sealed class SharedKeyManager(XmlKeyManager own, SharedKeys shared) : IKeyManager
{
    public IKey CreateNewKey(DateTimeOffset activationDate, DateTimeOffset expirationDate) =>
        own.CreateNewKey(activationDate, expirationDate);

    public IReadOnlyCollection<IKey> GetAllKeys() => own.GetAllKeys();

    public CancellationToken GetCacheExpirationToken() =>
        CancellationTokenSource.CreateLinkedTokenSource(own.GetCacheExpirationToken(), shared.Changed).Token;

    public void RevokeKey(Guid keyId, string? reason = null) => own.RevokeKey(keyId, reason);

    public void RevokeAllKeys(DateTimeOffset revocationDate, string? reason = null) => own.RevokeAllKeys(revocationDate, reason);
}
