using JobTracker.Organizations;

namespace JobTracker.Gateway.Organizations;

/// <summary>An organization.</summary>
/// <param name="Id">What its jobs, batches and keys name as their owner.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Suspended">None of its keys and tokens is let in.</param>
/// <param name="Limits">What it may ask for where that is not as configured.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was changed last.</param>
internal sealed record OrganizationView(
    string Id, string? Name, bool Suspended, OrganizationLimitsView Limits, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static OrganizationView Of(OrganizationSnapshot organization) => new(
        organization.Id, organization.Name, organization.IsSuspended, OrganizationLimitsView.Of(organization.Limits),
        organization.CreatedAt, organization.UpdatedAt);
}

/// <summary>Each null: as configured.</summary>
/// <param name="RequestsPerSecond">Requests a second of each key, in the long run.</param>
/// <param name="Burst">Requests of a key at once.</param>
/// <param name="Waits">Reads that wait.</param>
/// <param name="Streams">Open event streams.</param>
/// <param name="Lists">Lists at the same time.</param>
/// <param name="Creates">Creates under way.</param>
/// <param name="OpenJobs">Jobs that have not ended.</param>
internal sealed record OrganizationLimitsView(
    int? RequestsPerSecond, int? Burst, int? Waits, int? Streams, int? Lists, int? Creates, long? OpenJobs)
{
    public static OrganizationLimitsView Of(OrganizationLimits limits) => new(
        limits.RequestsPerSecond, limits.Burst, limits.Waits, limits.Streams, limits.Lists, limits.Creates, limits.OpenJobs);
}
