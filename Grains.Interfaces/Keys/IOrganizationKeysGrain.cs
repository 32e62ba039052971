using System.Collections.Immutable;

namespace JobTracker.Keys;

/// <summary>The keys of one organization: its grain, by the key <c>OrganizationKey.Of</c>.</summary>
[Alias("jobtracker.IOrganizationKeysGrain")]
public interface IOrganizationKeysGrain : IGrainWithStringKey
{
    /// <summary>
    /// Lists a key: before it is made, so that none works unlisted, and after, for then it was perhaps forgotten as one that is not there.
    /// False: there are as many as <c>Limits:Keys</c> allows.
    /// </summary>
    [Alias("AddKey")]
    Task<bool> AddKeyAsync(KeyId id);

    /// <summary>Forgets those of these keys that are gone, or were never made.</summary>
    [Alias("ForgetGoneKeys")]
    Task ForgetGoneKeysAsync(ImmutableArray<KeyId> ids);

    /// <summary>Its keys in the order in which they were made; some may be gone or were never made.</summary>
    [Alias("ListKeys")]
    Task<ImmutableArray<KeyId>> ListKeysAsync();
}
