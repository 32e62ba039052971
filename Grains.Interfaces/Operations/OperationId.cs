using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using JobTracker.Identity;

namespace JobTracker.Operations;

/// <summary>
/// An operation's id: <c>operation-</c> and a lower-case UUID v7, made and ordered as a job's id is. What was made before it has a smaller
/// id: so it is also the moment up to which the operation looks at jobs.
/// </summary>
[GenerateSerializer, Immutable, Alias("jobtracker.OperationId")]
public readonly record struct OperationId([property: Id(0)] Guid Value) : IComparable<OperationId>
{
    private const string Prefix = "operation-";

    /// <summary>When the id was made, to the millisecond.</summary>
    public DateTimeOffset CreatedAt => OrderedId.MomentOf(Value);

    /// <summary>A new id, greater than every one this process made before.</summary>
    public static OperationId New(TimeProvider clock) => new(OrderedId.New(clock));

    /// <summary>
    /// Reads exactly what <see cref="ToString"/> writes, of any UUID version; upper case, braces and other prefixes are refused.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out OperationId id)
    {
        var isId = OrderedId.TryParse(Prefix, text, out var value);
        id = new OperationId(value);
        return isId;
    }

    /// <exception cref="FormatException">The text is not an operation's id.</exception>
    public static OperationId Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw new FormatException($"'{text}' is not an operation's id: expected {Prefix} and a UUID in lower case.");

    public int CompareTo(OperationId other) => Value.CompareTo(other.Value);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Value:D}");

    public static bool operator <(OperationId left, OperationId right) => left.CompareTo(right) < 0;

    public static bool operator >(OperationId left, OperationId right) => left.CompareTo(right) > 0;

    public static bool operator <=(OperationId left, OperationId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(OperationId left, OperationId right) => left.CompareTo(right) >= 0;
}
