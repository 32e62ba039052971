using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using JobTracker.Identity;

namespace JobTracker.Jobs;

/// <summary>
/// A job's id: <c>job-</c> and a lower-case UUID, of version 7 where the service or its client made it (RFC 9562, 5.7). Ids of one process
/// rise strictly, so the id alone is the creation order, and its milliseconds are the job's <c>created_at</c>.
/// </summary>
[GenerateSerializer, Immutable, Alias("jobtracker.JobId")]
public readonly record struct JobId([property: Id(0)] Guid Value) : IComparable<JobId>
{
    private const string Prefix = "job-";

    /// <summary>When the id was made, to the millisecond.</summary>
    public DateTimeOffset CreatedAt => OrderedId.MomentOf(Value);

    /// <summary>A new id, greater than every one this process made before.</summary>
    public static JobId New(TimeProvider clock) => new(OrderedId.New(clock));

    /// <summary>The smallest id that a job of that moment could have: what a time means as a bound of the list.</summary>
    public static JobId FirstAt(DateTimeOffset moment) => new(OrderedId.FirstAt(moment));

    /// <summary>
    /// Reads exactly what <see cref="ToString"/> writes, of any UUID version; upper case, braces and other prefixes are refused.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out JobId id)
    {
        var isId = OrderedId.TryParse(Prefix, text, out var value);
        id = new JobId(value);
        return isId;
    }

    /// <exception cref="FormatException">The text is not a job id.</exception>
    public static JobId Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw new FormatException($"'{text}' is not a job id: expected {Prefix} and a UUID in lower case.");

    public int CompareTo(JobId other) => Value.CompareTo(other.Value);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Value:D}");

    public static bool operator <(JobId left, JobId right) => left.CompareTo(right) < 0;

    public static bool operator >(JobId left, JobId right) => left.CompareTo(right) > 0;

    public static bool operator <=(JobId left, JobId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(JobId left, JobId right) => left.CompareTo(right) >= 0;
}
