using System.Collections.Immutable;

namespace JobTracker.Jobs;

/// <summary>How many jobs an organization has, exactly, as of one moment.</summary>
/// <param name="ByStatusAndType">One entry for each pair that occurs.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.JobCounts")]
public sealed record JobCounts([property: Id(0)] ImmutableArray<JobCount> ByStatusAndType);

/// <summary>One entry of <see cref="JobCounts"/>.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.JobCount")]
public sealed record JobCount([property: Id(0)] JobStatus Status, [property: Id(1)] string JobType, [property: Id(2)] long Count);
