using System.Collections.Immutable;
using JobTracker.Callers;

namespace JobTracker.Batches;

/// <summary>
/// Lists batches, read from the very rows that the batch grains write; drafts are not among them. A stateless worker: use key 0.
/// </summary>
[Alias("jobtracker.IBatchCatalogGrain")]
public interface IBatchCatalogGrain : IGrainWithIntegerKey
{
    /// <summary>One page, in the requested order.</summary>
    /// <exception cref="UnauthorizedAccessException">The query names another organization and the caller is no admin.</exception>
    [Alias("List")]
    Task<BatchPage> ListAsync(Caller caller, BatchQuery query);
}

/// <summary>What to list. Filters are joined by "and"; null means any. Creation order is id order.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.BatchQuery")]
public sealed record BatchQuery
{
    /// <summary>Null: the caller's own.</summary>
    [Id(0)] public string? OrganizationId { get; init; }

    /// <summary>Any of these; empty means every status.</summary>
    [Id(1)] public ImmutableArray<BatchStatus> Statuses { get; init; } = [];

    /// <summary>The name of an account.</summary>
    [Id(2)] public string? Provider { get; init; }

    /// <summary>Created at this moment (to the millisecond) or later.</summary>
    [Id(3)] public DateTimeOffset? CreatedAfter { get; init; }

    /// <summary>Created before this moment (to the millisecond).</summary>
    [Id(4)] public DateTimeOffset? CreatedBefore { get; init; }

    /// <summary>The batches that come after this one in the requested order; it need not exist.</summary>
    [Id(5)] public BatchId? After { get; init; }

    /// <summary>
    /// Alone: the <see cref="Limit"/> batches just before this one. With <see cref="After"/>: the first ones between the two.
    /// </summary>
    [Id(6)] public BatchId? Before { get; init; }

    /// <summary>1 to 1,000.</summary>
    [Id(7)] public int Limit { get; init; } = 100;

    /// <summary>Oldest first; else newest first.</summary>
    [Id(8)] public bool Ascending { get; init; }
}

/// <summary>One page of a list; shorter than its limit where its batches are large (<c>Limits:PageBytes</c>).</summary>
/// <param name="Batches">In the requested order; empty at the end of a walk.</param>
/// <param name="HasNext">There was more in the requested order when the page was read.</param>
/// <param name="HasPrevious">There was something before the page.</param>
/// <param name="Bytes">How many it has as JSON, at most; 0: not said, as by a silo of an older version.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.BatchPage")]
public sealed record BatchPage(
    [property: Id(0)] ImmutableArray<BatchSnapshot> Batches,
    [property: Id(1)] bool HasNext,
    [property: Id(2)] bool HasPrevious,
    [property: Id(3)] long Bytes = 0);
