using System.Collections.Immutable;

namespace JobTracker.Jobs;

/// <summary>One page of a list; shorter than its limit where its jobs are large (<c>Limits:PageBytes</c>).</summary>
/// <param name="Jobs">In the requested order; empty at the end of a walk.</param>
/// <param name="HasNext">There was more in the requested order when the page was read.</param>
/// <param name="HasPrevious">There was something before the page.</param>
/// <param name="Bytes">How many it has as JSON, at most; 0: not said, as by a silo of an older version.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.JobPage")]
public sealed record JobPage(
    [property: Id(0)] ImmutableArray<JobSnapshot> Jobs,
    [property: Id(1)] bool HasNext,
    [property: Id(2)] bool HasPrevious,
    [property: Id(3)] long Bytes = 0);
