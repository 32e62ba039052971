using System.Security.Cryptography;

namespace JobTracker.Identity;

/// <summary>
/// What ids of every kind have in common: a prefix and a lower-case UUID; the service makes version 7 (RFC 9562, 5.7). Ids of one process
/// rise strictly (6.2, method 1), over all kinds, so an id alone is the order of creation, and its milliseconds are the moment.
/// </summary>
internal static class OrderedId
{
    private const int CounterBits = 12;
    private const int UuidLength = 36;

    private static readonly long LatestMilliseconds = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>Milliseconds and counter of the newest id that this process made.</summary>
    private static long _last;

    /// <summary>A new one, greater than every one this process made before.</summary>
    public static Guid New(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var stamp = NextStamp(clock.GetUtcNow().ToUnixTimeMilliseconds());
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes[8..]);
        Write(bytes, stamp >> CounterBits);
        bytes[6] = (byte)(0x70 | ((stamp >> 8) & 0x0F));
        bytes[7] = (byte)stamp;
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The smallest one that could be made at that moment: what a time means as a bound of a list.</summary>
    public static Guid FirstAt(DateTimeOffset moment)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        Write(bytes, Math.Clamp(moment.ToUnixTimeMilliseconds(), 0, (1L << 48) - 1));
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>When it was made, to the millisecond. A UUID of another version says some moment, too.</summary>
    public static DateTimeOffset MomentOf(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        long milliseconds = 0;
        for (var i = 0; i < 6; i++)
            milliseconds = (milliseconds << 8) | bytes[i];
        return DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(milliseconds, LatestMilliseconds));
    }

    /// <summary>Whether it is one that <see cref="New"/> could have made.</summary>
    public static bool IsOurs(Guid value) => value is { Version: 7, Variant: >= 0x8 and <= 0xB };

    /// <summary>
    /// Reads a prefix and a UUID with hyphens, all in lower case. Any version will do: whoever asks for an id that the service never gives
    /// is told that there is nothing, and not that it is no id.
    /// </summary>
    public static bool TryParse(string prefix, string? text, out Guid value)
    {
        value = default;
        if (text is null || text.Length != prefix.Length + UuidLength || !text.StartsWith(prefix, StringComparison.Ordinal))
            return false;
        var digits = text.AsSpan(prefix.Length);
        return !digits.ContainsAnyInRange('A', 'Z') && Guid.TryParseExact(digits, "D", out value);
    }

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

    private static void Write(Span<byte> bytes, long milliseconds)
    {
        for (var i = 0; i < 6; i++)
            bytes[i] = (byte)(milliseconds >> (40 - (8 * i)));
    }
}
