using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace JobTracker.Grains.Batches.Providers.Http.Json;

/// <summary>
/// JSON from outside on its way to a parser. What cannot be decoded in its texts becomes U+FFFD: bytes that are not UTF-8, half of a
/// surrogate pair (<c>"cut \ud83d"</c>, which RFC 8259, 8.2 lets pass and no decoder takes), an escape that is none. A control character is
/// escaped. So a text that was cut or came in another encoding costs itself alone, and never the answer that it stands in.
/// </summary>
internal static class DecodableJson
{
    private const int EscapeLength = 6; // \uXXXX
    private const byte LastControl = 0x1f;
    private static readonly SearchValues<byte> Escape = SearchValues.Create("\\"u8);

    /// <summary>
    /// A control character is a flaw within a text and white space without, so where there is one, quotes are followed too.
    /// </summary>
    private static readonly SearchValues<byte> Special = SearchValues.Create(
        [(byte)'"', (byte)'\\', .. Enumerable.Range(0, LastControl + 1).Select(control => (byte)control)]);

    /// <summary>The same memory where there is nothing to mend, as there mostly is not.</summary>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> json)
    {
        if (json.Span.StartsWith(Encoding.UTF8.Preamble))
            json = json[Encoding.UTF8.Preamble.Length..];
        if (!Utf8.IsValid(json.Span))
            json = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json.Span));
        return Mended(json.Span) is { } mended ? mended.WrittenMemory : json;
    }

    /// <summary>Null: every text can be decoded.</summary>
    private static ArrayBufferWriter<byte>? Mended(ReadOnlySpan<byte> json)
    {
        ArrayBufferWriter<byte>? mended = null;
        var followsQuotes = json.ContainsAnyInRange((byte)0, LastControl);
        var special = followsQuotes ? Special : Escape;
        var (at, copied, inText) = (0, 0, !followsQuotes);
        while (json[at..].IndexOfAny(special) is >= 0 and var ahead)
        {
            at += ahead;
            if (json[at] == '"')
                inText = !inText;
            var (length, isFlaw) = inText ? Look(json[at..]) : (1, false);
            if (isFlaw)
            {
                mended ??= new ArrayBufferWriter<byte>(json.Length + EscapeLength);
                mended.Write(json[copied..at]);
                WriteEscape(mended, json[at]);
                copied = at + length;
            }
            at += length;
        }
        mended?.Write(json[copied..]);
        return mended;
    }

    /// <summary>How many bytes belong together from here on, and whether they are what cannot be decoded.</summary>
    private static (int Length, bool IsFlaw) Look(ReadOnlySpan<byte> text)
    {
        if (text[0] != '\\')
            return (1, text[0] <= LastControl);
        if (text.Length < 2 || "\"\\/bfnrt"u8.Contains(text[1]))
            return (Math.Min(2, text.Length), false);
        if (text[1] != 'u')
            return (1, true);
        if (Unit(text) is not { } unit)
            return (2 + HexDigits(text[2..]), true);
        if (!char.IsSurrogate(unit))
            return (EscapeLength, false);
        var isPair = char.IsHighSurrogate(unit) && Unit(text[EscapeLength..]) is { } next && char.IsLowSurrogate(next);
        return isPair ? (2 * EscapeLength, false) : (EscapeLength, true);
    }

    /// <summary>The UTF-16 unit of an escape that stands here.</summary>
    private static char? Unit(ReadOnlySpan<byte> text)
    {
        if (text.Length < EscapeLength || text[0] != '\\' || text[1] != 'u' || HexDigits(text[2..]) < 4)
            return null;
        var unit = 0;
        foreach (var digit in text[2..EscapeLength])
            unit = (unit << 4) | Hex(digit);
        return (char)unit;
    }

    private static int Hex(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private static int HexDigits(ReadOnlySpan<byte> text)
    {
        var count = 0;
        while (count < Math.Min(4, text.Length) && char.IsAsciiHexDigit((char)text[count]))
            count++;
        return count;
    }

    private static void WriteEscape(ArrayBufferWriter<byte> to, byte flaw)
    {
        if (flaw <= LastControl)
            to.Write(Encoding.ASCII.GetBytes($"\\u{(int)flaw:x4}"));
        else
            to.Write("\\ufffd"u8);
    }
}
