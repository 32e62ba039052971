using JobTracker.Callers;

namespace JobTracker.Keys;

/// <summary>
/// One API key; its key is the <see cref="KeyId"/>. Another organization's key does not exist for a caller who is no admin.
/// </summary>
[Alias("jobtracker.IApiKeyGrain")]
public interface IApiKeyGrain : IGrainWithStringKey
{
    /// <summary>Makes it. Its organization must list it first, so that no key works that nobody can find.</summary>
    [Alias("Create")]
    Task<KeyOutcome> CreateAsync(CreateKey command);

    /// <summary>Null: there is no such key; of one that ended, 90 days long what it was.</summary>
    [Alias("Get")]
    Task<ApiKeySnapshot?> GetAsync(Caller caller);

    /// <summary>Whether there is such a key, whosever it is; one that ended is there for as long as it is shown.</summary>
    [Alias("Exists")]
    Task<bool> ExistsAsync();

    /// <summary>Refused where the caller lacks a scope of the key, and once it is revoked or has expired.</summary>
    [Alias("Rotate")]
    Task<KeyOutcome> RotateAsync(KeyManager manager, RotateKey command);

    /// <summary>Ends it for good, where the caller has every scope of the key. One that is revoked stays as it is.</summary>
    [Alias("Revoke")]
    Task<KeyOutcome> RevokeAsync(KeyManager manager);

    /// <summary>
    /// Who comes in with this secret. Null: nobody, because there is no such key, its secret is another one, it has ended, or its
    /// organization is suspended; these are not told apart.
    /// </summary>
    [Alias("Check")]
    Task<KeyStanding?> CheckAsync(SecretHash hash);
}
