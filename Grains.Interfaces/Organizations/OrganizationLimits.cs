namespace JobTracker.Organizations;

/// <summary>What one organization may ask for where it differs from the configuration; null: as configured.</summary>
/// <param name="RequestsPerSecond">Requests a second of each of its keys, in the long run. 1 to 1,000,000.</param>
/// <param name="Burst">Requests of a key at once. 1 to 1,000,000.</param>
/// <param name="Waits">Reads that wait. 1 to 1,000,000.</param>
/// <param name="Streams">Open event streams. 1 to 1,000,000.</param>
/// <param name="Lists">Lists that run at the same time. 1 to 10,000.</param>
/// <param name="Creates">Creates under way. 1 to 1,000,000.</param>
/// <param name="OpenJobs">Jobs that have not ended. 1 to 1,000,000,000.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.OrganizationLimits")]
public sealed record OrganizationLimits(
    [property: Id(0)] int? RequestsPerSecond = null,
    [property: Id(1)] int? Burst = null,
    [property: Id(2)] int? Waits = null,
    [property: Id(3)] int? Streams = null,
    [property: Id(4)] int? Lists = null,
    [property: Id(5)] int? Creates = null,
    [property: Id(6)] long? OpenJobs = null)
{
    /// <summary>As configured.</summary>
    public static OrganizationLimits Configured { get; } = new();

    /// <summary>These, but for what <paramref name="patch"/> changes.</summary>
    public OrganizationLimits With(LimitsPatch? patch) => patch is null ? this : new(
        patch.RequestsPerSecond.Or(RequestsPerSecond), patch.Burst.Or(Burst), patch.Waits.Or(Waits), patch.Streams.Or(Streams),
        patch.Lists.Or(Lists), patch.Creates.Or(Creates), patch.OpenJobs.Or(OpenJobs));
}
