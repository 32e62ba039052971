namespace JobTracker.Organizations;

/// <summary>An organization as admins see it.</summary>
/// <param name="Name">What people call it; null: nothing but its id.</param>
/// <param name="IsSuspended">None of its keys and tokens is let in.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.OrganizationSnapshot")]
public sealed record OrganizationSnapshot(
    [property: Id(0)] string Id,
    [property: Id(1)] string? Name,
    [property: Id(2)] bool IsSuspended,
    [property: Id(3)] OrganizationLimits Limits,
    [property: Id(4)] DateTimeOffset CreatedAt,
    [property: Id(5)] DateTimeOffset UpdatedAt);

/// <summary>What changes of an organization; null: it stays.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.UpdateOrganization")]
public sealed record UpdateOrganization(
    [property: Id(0)] string? Name = null,
    [property: Id(1)] bool? IsSuspended = null,
    [property: Id(2)] LimitsPatch? Limits = null);

/// <summary>How the command about an organization ended.</summary>
[GenerateSerializer, Alias("jobtracker.OrganizationOutcome")]
public enum OrganizationOutcome
{
    /// <summary>It is stored.</summary>
    Accepted = 0,

    /// <summary>There is one with this id.</summary>
    Exists = 1,

    /// <summary>There are as many as <c>Limits:Organizations</c> allows.</summary>
    TooMany = 2,
}
