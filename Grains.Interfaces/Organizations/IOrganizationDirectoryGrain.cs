using System.Collections.Immutable;

namespace JobTracker.Organizations;

/// <summary>The list of all organizations. There is one, with the key <see cref="Key"/>.</summary>
[Alias("jobtracker.IOrganizationDirectoryGrain")]
public interface IOrganizationDirectoryGrain : IGrainWithStringKey
{
    const string Key = "organizations";

    /// <summary>Lists an organization and makes it.</summary>
    [Alias("Create")]
    Task<OrganizationOutcome> CreateAsync(string id, string? name, OrganizationLimits limits);

    /// <summary>Ids in ascending order, behind <paramref name="after"/>; some may never have been made.</summary>
    [Alias("List")]
    Task<ImmutableArray<string>> ListAsync(string? after, int limit);
}
