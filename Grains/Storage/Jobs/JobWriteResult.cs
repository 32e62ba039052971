using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Jobs;

/// <summary>What became of one <see cref="JobWrite"/>.</summary>
internal abstract record JobWriteResult
{
    private JobWriteResult()
    {
    }

    /// <summary>It is durable.</summary>
    public sealed record Stored : JobWriteResult
    {
        public static readonly Stored Instance = new();
    }

    /// <summary>The row was not as expected: nothing was written.</summary>
    /// <param name="Version">The row's version; null: there is no row.</param>
    public sealed record Stale(long? Version) : JobWriteResult;

    /// <summary>A new job's idempotency key belongs to another one: nothing was written.</summary>
    public sealed record KeyTaken(JobId Holder, string Fingerprint) : JobWriteResult;

    /// <summary>A new job's parent does not take it: nothing was written.</summary>
    public sealed record NotTaken(Refusal Reason) : JobWriteResult;

    /// <summary>Nothing was written, and what stood in the way is gone: try again.</summary>
    public sealed record Again : JobWriteResult
    {
        public static readonly Again Instance = new();
    }

    /// <summary>An earlier try had no answer, and the row has moved on since: nobody can tell any more.</summary>
    public sealed record Unknown : JobWriteResult
    {
        public static readonly Unknown Instance = new();
    }

    /// <summary>What a write that touched no row means, by the row that is there. A new job's key is the caller's to ask about.</summary>
    public static JobWriteResult OfRow(JobWrite write, (long Version, Guid WriteId)? row) => (write, row) switch
    {
        (_, { } found) when found.WriteId == write.WriteId => Stored.Instance,
        ({ Next: null, MayBeStored: true }, null) => Stored.Instance,
        ({ MayBeStored: true }, null) => Unknown.Instance,
        ({ MayBeStored: true, Stored: var expected }, { } found) when found.Version > (expected?.Version ?? 0) + 1 => Unknown.Instance,
        _ => new Stale(row?.Version),
    };
}
