using Orleans.Concurrency;

namespace JobTracker.Organizations;

/// <summary>
/// What an organization is and has beside its jobs; its key is <see cref="OrganizationKey.Of"/>.
/// Whoever calls it has checked that the caller belongs to it.
/// </summary>
[Alias("jobtracker.IOrganizationGrain")]
public interface IOrganizationGrain : IGrainWithStringKey
{
    /// <summary>The secret that the organization's callbacks are signed with; generated at the first call.</summary>
    [Alias("GetCallbackSecret")]
    Task<CallbackSecretInfo> GetCallbackSecretAsync();

    /// <summary>
    /// Replaces the secret; the old one signs too for a while (24 hours unless configured). A second rotation within that time retires the
    /// oldest at once, so a lost answer is followed by a read, not by a repetition. Nothing is rotated where <see
    /// cref="CallbackSecretInfo.IsConfigured"/> is true in the answer.
    /// </summary>
    [Alias("RotateCallbackSecret")]
    Task<CallbackSecretInfo> RotateCallbackSecretAsync();

    /// <summary>Null: there is no such organization.</summary>
    [Alias("Get")]
    Task<OrganizationSnapshot?> GetAsync();

    /// <summary>Makes it. The directory lists it first (<see cref="IOrganizationDirectoryGrain"/>); false: there is one.</summary>
    [Alias("Create")]
    Task<bool> CreateAsync(string? name, OrganizationLimits limits);

    /// <summary>Null: there is no such organization.</summary>
    [Alias("Update")]
    Task<OrganizationSnapshot?> UpdateAsync(UpdateOrganization command);

    /// <summary>What its callers are let in with. Null: it is suspended, or there is none. Answers beside writes under way.</summary>
    [Alias("GetStanding"), AlwaysInterleave]
    Task<OrganizationLimits?> GetStandingAsync();
}
