using JobTracker.Jobs;

namespace JobTracker.Organizations;

/// <summary>What changes of an organization's limits; one that is set to null is as configured from now on.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.LimitsPatch")]
public sealed record LimitsPatch(
    [property: Id(0)] Change<int?> RequestsPerSecond = default,
    [property: Id(1)] Change<int?> Burst = default,
    [property: Id(2)] Change<int?> Waits = default,
    [property: Id(3)] Change<int?> Streams = default,
    [property: Id(4)] Change<int?> Lists = default,
    [property: Id(5)] Change<int?> Creates = default,
    [property: Id(6)] Change<long?> OpenJobs = default);
