using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using JobTracker.Identity;

namespace JobTracker.Batches;

/// <summary>
/// A batch's id: <c>batch-</c> and a lower-case UUID v7, made and ordered
/// as a job's id is: its milliseconds are the batch's <c>created_at</c>.
/// </summary>
[GenerateSerializer, Immutable, Alias("jobtracker.BatchId")]
public readonly record struct BatchId([property: Id(0)] Guid Value) : IComparable<BatchId>
{
    private const string Prefix = "batch-";

    /// <summary>When the id was made, to the millisecond.</summary>
    public DateTimeOffset CreatedAt => OrderedId.MomentOf(Value);

    /// <summary>A new id, greater than every one this process made before.</summary>
    public static BatchId New(TimeProvider clock) => new(OrderedId.New(clock));

    /// <summary>
    /// Reads exactly what <see cref="ToString"/> writes, of any UUID version; upper case, braces and other prefixes are refused.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out BatchId id)
    {
        var isId = OrderedId.TryParse(Prefix, text, out var value);
        id = new BatchId(value);
        return isId;
    }

    /// <exception cref="FormatException">The text is not a batch id.</exception>
    public static BatchId Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw new FormatException($"'{text}' is not a batch id: expected {Prefix} and a UUID in lower case.");

    public int CompareTo(BatchId other) => Value.CompareTo(other.Value);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Value:D}");

    public static bool operator <(BatchId left, BatchId right) => left.CompareTo(right) < 0;

    public static bool operator >(BatchId left, BatchId right) => left.CompareTo(right) > 0;

    public static bool operator <=(BatchId left, BatchId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(BatchId left, BatchId right) => left.CompareTo(right) >= 0;
}
