namespace JobTracker.Gateway.Batches.Create;

/// <summary>What a line of a create body is. The head comes first, then items; a refusal is the last.</summary>
internal abstract record BatchPart
{
    /// <summary>The number of no line: what is wrong is the body itself.</summary>
    public const long Whole = -1;

    /// <summary>The create object without its items, as JSON.</summary>
    public sealed record Head(ReadOnlyMemory<byte> Json) : BatchPart;

    /// <param name="Line">The number of its line, from 1; of an item of an array its place, from 0.</param>
    /// <param name="CustomId">Well formed, and the first of its kind.</param>
    /// <param name="Parameters">One JSON object, as it came.</param>
    /// <param name="JobId">The job that ends with the item; not checked here.</param>
    public sealed record Item(long Line, string CustomId, ReadOnlyMemory<byte> Parameters, string? JobId) : BatchPart;

    /// <summary>The body is refused because of this line; nothing after it was read.</summary>
    public sealed record Refused(long Line, PartFlaw Problem, string Detail) : BatchPart
    {
        /// <summary>How many items are taken, where this one is past it.</summary>
        public long? Limit { get; init; }
    }
}

/// <summary>Why a create body is refused.</summary>
internal enum PartFlaw
{
    Empty = 0,
    MalformedJson = 1,
    MalformedHead = 2,
    UnknownField = 3,
    MalformedCustomId = 4,
    DuplicateCustomId = 5,
    MalformedParameters = 6,
    MalformedJobId = 7,
    LineTooLong = 8,
    TooManyItems = 9,
}
