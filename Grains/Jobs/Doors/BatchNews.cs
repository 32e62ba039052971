using JobTracker.Jobs;

namespace JobTracker.Grains.Jobs.Doors;

/// <summary>What a batch tells its own job.</summary>
/// <param name="Status">What the job shall be.</param>
/// <param name="MetadataPatch">The batch's own part of the job's metadata (RFC 7396); it does not count against their limit, so that they
/// cannot keep the job from its end.</param>
/// <param name="Error">Of a batch that failed.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.grains.BatchNews")]
internal sealed record BatchNews(
    [property: Id(0)] JobStatus Status, [property: Id(1)] string MetadataPatch, [property: Id(2)] JobError? Error);
