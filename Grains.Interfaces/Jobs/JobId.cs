using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace JobTracker.Jobs;

/// <summary>
/// A job's id: <c>job-</c> and a lower-case UUID v7 (RFC 9562, 5.7). Ids of one process rise strictly (6.2, method 1), so the id alone is
/// the creation order, and its milliseconds are the job's <c>created_at</c>.
/// </summary>
[GenerateSerializer, Immutable, Alias("jobtracker.JobId")]
public readonly record struct JobId([property: Id(0)] Guid Value) : IComparable<JobId>
{
    private const string Prefix = "job-";
    private const int TextLength = 40;
    private const int CounterBits = 12;

    /// <summary>Milliseconds and counter of the newest id that this process made.</summary>
    private static long _last;

    /// <summary>When the id was made, to the millisecond.</summary>
    public DateTimeOffset CreatedAt => DateTimeOffset.FromUnixTimeMilliseconds(MillisecondsOf(Value));

    /// <summary>A new id, greater than every one this process made before.</summary>
    public static JobId New(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var stamp = NextStamp(clock.GetUtcNow().ToUnixTimeMilliseconds());
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes[8..]);
        var milliseconds = stamp >> CounterBits;
        for (var i = 0; i < 6; i++)
            bytes[i] = (byte)(milliseconds >> (40 - (8 * i)));
        bytes[6] = (byte)(0x70 | ((stamp >> 8) & 0x0F));
        bytes[7] = (byte)stamp;
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new JobId(new Guid(bytes, bigEndian: true));
    }

    /// <summary>The smallest id that a job of that moment could have: what a time means as a bound of the list.</summary>
    public static JobId FirstAt(DateTimeOffset moment)
    {
        var milliseconds = Math.Clamp(moment.ToUnixTimeMilliseconds(), 0, (1L << 48) - 1);
        Span<byte> bytes = stackalloc byte[16];
        for (var i = 0; i < 6; i++)
            bytes[i] = (byte)(milliseconds >> (40 - (8 * i)));
        bytes[6..].Clear();
        return new JobId(new Guid(bytes, bigEndian: true));
    }

    /// <summary>Reads exactly what <see cref="ToString"/> writes; upper case, braces, other prefixes and other UUID versions and variants are refused.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out JobId id)
    {
        id = default;
        if (text is not { Length: TextLength } || !text.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        var digits = text.AsSpan(Prefix.Length);
        if (digits.ContainsAnyInRange('A', 'Z') || !Guid.TryParseExact(digits, "D", out var value) || value is not { Version: 7, Variant: >= 0x8 and <= 0xB })
            return false;
        id = new JobId(value);
        return true;
    }

    /// <exception cref="FormatException">The text is not a job id.</exception>
    public static JobId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a job id: expected {Prefix} and a lower-case UUID v7.");

    public int CompareTo(JobId other) => Value.CompareTo(other.Value);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Value:D}");

    public static bool operator <(JobId left, JobId right) => left.CompareTo(right) < 0;

    public static bool operator >(JobId left, JobId right) => left.CompareTo(right) > 0;

    public static bool operator <=(JobId left, JobId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(JobId left, JobId right) => left.CompareTo(right) >= 0;

    /// <summary>A burst borrows from the next millisecond rather than repeat or go back, as does a clock that was set back.</summary>
    private static long NextStamp(long milliseconds)
    {
        while (true)
        {
            var last = Volatile.Read(ref _last);
            var next = Math.Max(milliseconds << CounterBits, last + 1);
            if (Interlocked.CompareExchange(ref _last, next, last) == last)
                return next;
        }
    }

    private static long MillisecondsOf(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        long milliseconds = 0;
        for (var i = 0; i < 6; i++)
            milliseconds = (milliseconds << 8) | bytes[i];
        return milliseconds;
    }
}
