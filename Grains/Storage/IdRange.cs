using System.Buffers.Binary;
using JobTracker.Identity;

namespace JobTracker.Grains.Storage;

/// <summary>
/// The part of a list that a query asks for: what lies between two ids, read from one end. The same for every list by id.
/// </summary>
/// <param name="Low">Ids above this one.</param>
/// <param name="High">Ids below this one.</param>
/// <param name="Ascending">From the low end; not the requested order where the page ends at a cursor.</param>
internal readonly record struct IdRange(Guid Low, Guid High, bool Ascending)
{
    public static IdRange Of(Guid? after, Guid? before, DateTimeOffset? createdAfter, DateTimeOffset? createdBefore, bool ascending)
    {
        var (low, high) = ascending ? (after, before) : (before, after);
        var earliest = createdAfter is { } from ? JustBelow(OrderedId.FirstAt(from)) : Guid.Empty;
        var latest = createdBefore is { } until ? OrderedId.FirstAt(until) : Guid.AllBitsSet;
        return new IdRange(
            low is { } l && l > earliest ? l : earliest,
            high is { } h && h < latest ? h : latest,
            ascending != EndsAtCursor(after is not null, before is not null));
    }

    /// <summary>The page of the rows read: one more than it has, where there are more.</summary>
    public static (List<T> Page, bool HasNext, bool HasPrevious) Page<T>(List<T> read, int limit, bool hasAfter, bool hasBefore)
    {
        var more = read.Count > limit;
        if (more)
            read.RemoveAt(limit);
        if (!EndsAtCursor(hasAfter, hasBefore))
            return (read, HasNext: more, HasPrevious: hasAfter);
        read.Reverse();
        return (read, HasNext: true, HasPrevious: more);
    }

    /// <summary>The page is read backwards from its cursor, and turned round.</summary>
    public static bool EndsAtCursor(bool hasAfter, bool hasBefore) => hasBefore && !hasAfter;

    /// <summary>A lower bound is exclusive, created_after is not.</summary>
    private static Guid JustBelow(Guid id)
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
