using System.Collections.Immutable;

namespace JobTracker.Jobs;

/// <summary>What to list. Filters are joined by "and"; null means any. Creation order is id order.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.JobQuery")]
public sealed record JobQuery
{
    /// <summary>Null: the caller's own.</summary>
    [Id(0)] public string? OrganizationId { get; init; }

    /// <summary>Any of these; empty means every status.</summary>
    [Id(1)] public ImmutableArray<JobStatus> Statuses { get; init; } = [];

    [Id(2)] public string? JobType { get; init; }
    [Id(3)] public string? UserId { get; init; }
    [Id(4)] public string? StopReason { get; init; }
    [Id(5)] public bool? Background { get; init; }
    [Id(6)] public JobId? ParentId { get; init; }

    /// <summary>The string at <c>metadata.source_id</c>.</summary>
    [Id(7)] public string? SourceId { get; init; }

    /// <summary>Created at this moment (to the millisecond) or later.</summary>
    [Id(8)] public DateTimeOffset? CreatedAfter { get; init; }

    /// <summary>Created before this moment (to the millisecond).</summary>
    [Id(9)] public DateTimeOffset? CreatedBefore { get; init; }

    /// <summary>The jobs that come after this one in the requested order; it need not exist.</summary>
    [Id(10)] public JobId? After { get; init; }

    /// <summary>
    /// Alone: the <see cref="Limit"/> jobs just before this one. With <see cref="After"/>: the first ones between the two.
    /// </summary>
    [Id(11)] public JobId? Before { get; init; }

    /// <summary>1 to 1,000.</summary>
    [Id(12)] public int Limit { get; init; } = 100;

    /// <summary>Oldest first; else newest first.</summary>
    [Id(13)] public bool Ascending { get; init; }
}
