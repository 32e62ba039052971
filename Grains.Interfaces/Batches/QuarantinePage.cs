using System.Collections.Immutable;

namespace JobTracker.Batches;

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
