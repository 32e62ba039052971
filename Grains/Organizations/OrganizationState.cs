using JobTracker.Organizations;

namespace JobTracker.Grains.Organizations;

/// <summary>What the grain storage "state" keeps of an organization, as JSON.</summary>
internal sealed record OrganizationState
{
    /// <summary>Null until somebody needs them.</summary>
    public StoredSecrets? CallbackSecrets { get; init; }

    /// <summary>Null: nobody made it. It may have callback secrets all the same, for where nobody signs in it needs no making.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public string? Name { get; init; }
    public bool IsSuspended { get; init; }
    public OrganizationLimits? Limits { get; init; }

    /// <summary>The names of its keys, in the order in which they were made.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    public OrganizationSnapshot? Show(string id) => CreatedAt is { } createdAt
        ? new(id, Name, IsSuspended, Limits ?? OrganizationLimits.Configured, createdAt, UpdatedAt)
        : null;
}
