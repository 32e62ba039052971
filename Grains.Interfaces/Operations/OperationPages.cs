using System.Collections.Immutable;
using JobTracker.Jobs;

namespace JobTracker.Operations;

/// <summary>Which operations to list; the order of creation is that of their ids.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.OperationQuery")]
public sealed record OperationQuery
{
    /// <summary>Those that come after this one in the requested order.</summary>
    [Id(0)] public OperationId? After { get; init; }

    /// <summary>Alone: those just before this one. With <see cref="After"/>: the first ones between the two.</summary>
    [Id(1)] public OperationId? Before { get; init; }

    /// <summary>1 to 100.</summary>
    [Id(2)] public int Limit { get; init; } = 50;

    /// <summary>Oldest first; else newest first.</summary>
    [Id(3)] public bool Ascending { get; init; }
}

/// <summary>One page of a list of operations, in the requested order.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.OperationPage")]
public sealed record OperationPage(
    [property: Id(0)] ImmutableArray<OperationSnapshot> Operations,
    [property: Id(1)] bool HasNext,
    [property: Id(2)] bool HasPrevious);

/// <summary>A job with which an operation could not do what it does.</summary>
/// <param name="Place">Which of them it is, from 1.</param>
/// <param name="Message">Why.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.OperationError")]
public sealed record OperationError(
    [property: Id(0)] long Place, [property: Id(1)] JobId JobId, [property: Id(2)] string Message);
