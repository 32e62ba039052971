using System.Collections.Immutable;

namespace JobTracker.Batches;

/// <summary>Which items of a batch to list; in the order of their custom_id (ordinal).</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.ItemQuery")]
public sealed record ItemQuery
{
    /// <summary>Any of these; empty means every status.</summary>
    [Id(0)] public ImmutableArray<ItemStatus> Statuses { get; init; } = [];

    /// <summary>The items behind this custom_id; it need not exist.</summary>
    [Id(1)] public string? After { get; init; }

    /// <summary>1 to 1,000.</summary>
    [Id(2)] public int Limit { get; init; } = 100;
}

/// <summary>One page of items, without their results; shorter than its limit where its items are large (<c>Limits:PageBytes</c>).</summary>
/// <param name="Bytes">How many it has as JSON, at most; 0: not said, as by a silo of an older version.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.ItemPage")]
public sealed record ItemPage(
    [property: Id(0)] ImmutableArray<ItemSnapshot> Items,
    [property: Id(1)] bool HasNext,
    [property: Id(2)] long Bytes = 0);

/// <summary>A piece of the results of a batch.</summary>
/// <param name="Lines">The provider's lines as they came, each with a line end (LF); empty at the end.</param>
/// <param name="Next">What to ask for the following piece with; null after the last.</param>
/// <param name="Attempt">
/// The batch's attempt once the lines were read; where it is still the one that had ended, they are all of it. A resubmission takes lines
/// away. 0: not said.
/// </param>
[GenerateSerializer, Immutable, Alias("jobtracker.ResultChunk")]
public sealed record ResultChunk([property: Id(0)] byte[] Lines, [property: Id(1)] string? Next, [property: Id(2)] int Attempt = 0)
{
    /// <summary>Whether the lines are of the attempt that had ended; a silo of an older version does not say it.</summary>
    public bool IsOf(int attempt) => Attempt == attempt || Attempt == 0;
}

/// <summary>A line of results that was set aside: it is no JSON, or names no item of the submission.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.QuarantinedLine")]
public sealed record QuarantinedLineSnapshot
{
    [Id(0)] public required QuarantinePlace Place { get; init; }

    /// <summary>Why it was set aside.</summary>
    [Id(1)] public required string Reason { get; init; }

    /// <summary>The line, its first 4 KiB at most; bytes that are no UTF-8 are U+FFFD.</summary>
    [Id(2)] public required string Raw { get; init; }
}

/// <summary>Where a line stood.</summary>
/// <param name="Attempt">The submission, from 1.</param>
/// <param name="File">The result file, counted from 0 in the order in which they are read.</param>
/// <param name="Line">From 1.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.QuarantinePlace")]
public readonly record struct QuarantinePlace([property: Id(0)] int Attempt, [property: Id(1)] int File, [property: Id(2)] long Line);

/// <summary>Some of the lines that were set aside, by attempt, file and line. At most a thousand of an attempt are kept.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.QuarantinePage")]
public sealed record QuarantinePage([property: Id(0)] ImmutableArray<QuarantinedLineSnapshot> Lines, [property: Id(1)] bool HasNext);
