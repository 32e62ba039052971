using System.Collections.Immutable;

namespace JobTracker.Operations;

/// <summary>The immutable public view of an operation at one version.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.OperationSnapshot")]
public sealed record OperationSnapshot
{
    /// <summary>Jobs that were created after it are left alone.</summary>
    [Id(0)] public required OperationId Id { get; init; }

    [Id(1)] public required string OrganizationId { get; init; }

    /// <summary>1 when it was started, and one more with every stored step.</summary>
    [Id(2)] public required long Version { get; init; }

    [Id(3)] public required OperationStatus Status { get; init; }
    [Id(4)] public required OperationAction Action { get; init; }

    /// <summary>The filter as JSON, in the words of the list; null: the jobs were named one by one.</summary>
    [Id(5)] public string? Filter { get; init; }

    /// <summary>How many jobs were named; 0: there was a filter.</summary>
    [Id(6)] public int JobIds { get; init; }

    /// <summary>Why, in the words of who started it.</summary>
    [Id(7)] public string? Reason { get; init; }

    [Id(8)] public required int MaxPerSecond { get; init; }

    /// <summary>Jobs that it has come to; each of them is one that succeeded, was skipped or failed.</summary>
    [Id(9)] public long Matched { get; init; }

    [Id(10)] public long Succeeded { get; init; }

    /// <summary>By reason, in the order of the alphabet.</summary>
    [Id(11)] public ImmutableArray<SkippedJobs> Skipped { get; init; } = [];

    [Id(12)] public long Failed { get; init; }

    /// <summary>Why the last job that failed did, or why the operation does not go on now; null: nothing went wrong.</summary>
    [Id(13)] public string? LastError { get; init; }

    [Id(14)] public required string CreatedById { get; init; }
    [Id(15)] public DateTimeOffset? StartedAt { get; init; }
    [Id(16)] public DateTimeOffset? CompletedAt { get; init; }
}

/// <summary>Jobs that an operation left as they were.</summary>
/// <param name="Reason"><c>already_ended</c>, <c>job_follows_batch</c>, <c>no_longer_matches</c>, <c>not_found</c> or
/// <c>nothing_to_redeliver</c>.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.SkippedJobs")]
public sealed record SkippedJobs([property: Id(0)] string Reason, [property: Id(1)] long Count);
