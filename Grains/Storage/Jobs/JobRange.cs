using System.Buffers.Binary;
using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Jobs;

/// <summary>The part of a list that a query asks for: what lies between two ids, read from one end.</summary>
/// <param name="Low">Ids above this one.</param>
/// <param name="High">Ids below this one.</param>
/// <param name="Ascending">From the low end; not the requested order where the page ends at a cursor.</param>
internal readonly record struct JobRange(Guid Low, Guid High, bool Ascending)
{
    /// <summary>The page is read backwards from its cursor, and turned round.</summary>
    private static bool EndsAtCursor(JobQuery query) => query is { Before: not null, After: null };

    public static JobRange Of(JobQuery query)
    {
        var (low, high) = query.Ascending ? (query.After, query.Before) : (query.Before, query.After);
        var earliest = query.CreatedAfter is { } after ? Before(JobId.FirstAt(after).Value) : Guid.Empty;
        var latest = query.CreatedBefore is { } before ? JobId.FirstAt(before).Value : Guid.AllBitsSet;
        return new JobRange(
            low is { } l && l.Value > earliest ? l.Value : earliest,
            high is { } h && h.Value < latest ? h.Value : latest,
            query.Ascending != EndsAtCursor(query));
    }

    /// <summary>The page of the rows read: one more than its limit was asked for, to see whether there is more.</summary>
    public static JobPage Page(JobQuery query, List<JobSnapshot> read)
    {
        var more = read.Count > query.Limit;
        if (more)
            read.RemoveAt(query.Limit);
        if (!EndsAtCursor(query))
            return new JobPage([.. read], HasNext: more, HasPrevious: query.After is not null);
        read.Reverse();
        return new JobPage([.. read], HasNext: true, HasPrevious: more);
    }

    /// <summary>The id just below: a lower bound is exclusive, created_after is not.</summary>
    private static Guid Before(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var number = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        if (number == UInt128.Zero)
            return id;
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number - 1);
        return new Guid(bytes, bigEndian: true);
    }
}
