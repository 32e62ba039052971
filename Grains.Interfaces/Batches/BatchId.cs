using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using JobTracker.Jobs;

namespace JobTracker.Batches;

/// <summary>A batch's id: <c>batch-</c> and a lower-case UUID v7, made and ordered as a <see cref="JobId"/> is: its milliseconds are the batch's <c>created_at</c>.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.BatchId")]
public readonly record struct BatchId([property: Id(0)] Guid Value) : IComparable<BatchId>
{
    private const string Prefix = "batch-";
    private const string JobPrefix = "job-";

    /// <summary>When the id was made, to the millisecond.</summary>
    public DateTimeOffset CreatedAt => new JobId(Value).CreatedAt;

    /// <summary>A new id, greater than every one this process made before.</summary>
    public static BatchId New(TimeProvider clock) => new(JobId.New(clock).Value);

    /// <summary>Reads exactly what <see cref="ToString"/> writes.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out BatchId id)
    {
        id = default;
        if (text?.StartsWith(Prefix, StringComparison.Ordinal) is not true || !JobId.TryParse(string.Concat(JobPrefix, text.AsSpan(Prefix.Length)), out var same))
            return false;
        id = new BatchId(same.Value);
        return true;
    }

    /// <exception cref="FormatException">The text is not a batch id.</exception>
    public static BatchId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a batch id: expected {Prefix} and a lower-case UUID v7.");

    public int CompareTo(BatchId other) => Value.CompareTo(other.Value);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Value:D}");

    public static bool operator <(BatchId left, BatchId right) => left.CompareTo(right) < 0;

    public static bool operator >(BatchId left, BatchId right) => left.CompareTo(right) > 0;

    public static bool operator <=(BatchId left, BatchId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(BatchId left, BatchId right) => left.CompareTo(right) >= 0;
}
