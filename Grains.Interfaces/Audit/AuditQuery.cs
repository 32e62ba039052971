using System.Collections.Immutable;

namespace JobTracker.Audit;

/// <summary>Which events to list. Filters are joined by "and"; null means any. The order of events is id order.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.AuditQuery")]
public sealed record AuditQuery
{
    /// <summary>Null: the caller's own.</summary>
    [Id(0)] public string? OrganizationId { get; init; }

    /// <summary>Instead of an organization's events those of no known organization; for admins.</summary>
    [Id(1)] public bool IsUnattributed { get; init; }

    /// <summary>One of <see cref="AuditActions"/>.</summary>
    [Id(2)] public string? Action { get; init; }

    /// <summary>Of this moment (to the millisecond) or later.</summary>
    [Id(3)] public DateTimeOffset? CreatedAfter { get; init; }

    /// <summary>Before this moment (to the millisecond).</summary>
    [Id(4)] public DateTimeOffset? CreatedBefore { get; init; }

    /// <summary>The events that come after this one in the requested order; it need not exist.</summary>
    [Id(5)] public AuditEventId? After { get; init; }

    /// <summary>
    /// Alone: the <see cref="Limit"/> events just before this one. With <see cref="After"/>: the first ones between the two.
    /// </summary>
    [Id(6)] public AuditEventId? Before { get; init; }

    /// <summary>1 to 1,000.</summary>
    [Id(7)] public int Limit { get; init; } = 100;

    /// <summary>Oldest first; else newest first.</summary>
    [Id(8)] public bool Ascending { get; init; }
}

/// <summary>One page of a list; shorter than its limit where its events are large (<c>Limits:PageBytes</c>).</summary>
/// <param name="Events">In the requested order; empty at the end of a walk.</param>
/// <param name="HasNext">There was more in the requested order when the page was read.</param>
/// <param name="HasPrevious">There was something before the page.</param>
/// <param name="Bytes">How many it has as JSON, at most.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.AuditPage")]
public sealed record AuditPage(
    [property: Id(0)] ImmutableArray<AuditEvent> Events,
    [property: Id(1)] bool HasNext,
    [property: Id(2)] bool HasPrevious,
    [property: Id(3)] long Bytes);
