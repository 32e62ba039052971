using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace JobTracker.PlainText;

/// <summary>
/// Escapes what JSON demands and nothing else (RFC 8259, 7): quotation mark, backslash, and U+0000 to U+001F. A text keeps the size that it
/// was sent with; the encoders of System.Text.Json write <c>\uD83D\uDE00</c>, twelve bytes, for an emoji of four.
/// </summary>
internal sealed class PlainJsonEncoder : JavaScriptEncoder
{
    private const int LongestEscape = 6;

    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(control => (char)control), '"', '\\']);

    private static readonly SearchValues<byte> EscapedBytes = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(control => (byte)control), (byte)'"', (byte)'\\']);

    private PlainJsonEncoder()
    {
    }

    public static PlainJsonEncoder Instance { get; } = new();

    public override int MaxOutputCharactersPerInputCharacter => LongestEscape;

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var characters = new ReadOnlySpan<char>(text, textLength);
        var at = 0;
        while (characters[at..].IndexOfAnyInRange('\uD800', '\uDFFF') is var surrogate)
        {
            var end = surrogate < 0 ? characters.Length : at + surrogate;
            if (characters[at..end].IndexOfAny(Escaped) is >= 0 and var found)
                return at + found;
            if (surrogate < 0)
                break;
            // Half a pair is no text: the writer puts U+FFFD in its place.
            if (Rune.DecodeFromUtf16(characters[end..], out _, out var consumed) != OperationStatus.Done)
                return end;
            at = end + consumed;
        }
        return -1;
    }

    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text)
    {
        var found = utf8Text.IndexOfAny(EscapedBytes);
        return Utf8.IsValid(found < 0 ? utf8Text : utf8Text[..found]) ? found : base.FindFirstCharacterToEncodeUtf8(utf8Text);
    }

    public override bool WillEncode(int unicodeScalar) => unicodeScalar < 0x20 || unicodeScalar is '"' or '\\';

    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var space = new Span<char>(buffer, bufferLength);
        if (!WillEncode(unicodeScalar))
            return new Rune(unicodeScalar).TryEncodeToUtf16(space, out numberOfCharactersWritten);
        var escape = unicodeScalar switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\b' => "\\b",
            '\f' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            _ => $"\\u{unicodeScalar:x4}",
        };
        numberOfCharactersWritten = escape.Length;
        return escape.TryCopyTo(space);
    }
}
