using System.Buffers.Text;
using System.Globalization;
using System.Text.Unicode;

namespace JobTracker.Gateway.Requests.Bodies;

/// <summary>
/// Whether a JSON text spells Unicode: UTF-8 (RFC 8259, 8.1), escapes of whole characters (8.2). Parsers look at neither.
/// </summary>
internal static class JsonText
{
    private const int EscapeBytes = 6;

    /// <summary>What is wrong, or null. Escapes are found without parsing: in JSON a backslash stands in strings alone.</summary>
    public static string? Flaw(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
            return "It is not UTF-8.";
        for (var at = Next(json, 0); at >= 0; at = Next(json, at))
        {
            if (UnitAt(json, at) is not { } unit)
            {
                at = Math.Min(at + 2, json.Length);
                continue;
            }
            at += EscapeBytes;
            if (!char.IsSurrogate(unit))
                continue;
            if (!char.IsHighSurrogate(unit) || UnitAt(json, at) is not { } low || !char.IsLowSurrogate(low))
                return string.Create(CultureInfo.InvariantCulture, $"The escape that ends at byte {at} is half of a surrogate pair.");
            at += EscapeBytes;
        }
        return null;
    }

    /// <summary>The next backslash at or after <paramref name="from"/>, or -1.</summary>
    private static int Next(ReadOnlySpan<byte> json, int from)
    {
        var found = json[from..].IndexOf((byte)'\\');
        return found < 0 ? -1 : from + found;
    }

    /// <summary>The UTF-16 unit of the escape <c>\uXXXX</c> at <paramref name="at"/>; null where there is none.</summary>
    private static char? UnitAt(ReadOnlySpan<byte> json, int at)
    {
        if (at + EscapeBytes > json.Length || json[at] != '\\' || json[at + 1] != 'u')
            return null;
        return Utf8Parser.TryParse(json.Slice(at + 2, 4), out ushort unit, out var digits, 'x') && digits == 4 ? (char)unit : null;
    }
}
