using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using JobTracker.Gateway.Problems;

namespace JobTracker.Gateway.Requests.Bodies;

/// <summary>What well-formed JSON may hold and no database can keep, or no two readers understand alike.</summary>
/// <remarks>
/// RFC 8259 lets a text repeat names (4), and hold numbers beyond a double (6); PostgreSQL refuses U+0000. Of text that is no Unicode <see
/// cref="JsonText"/> is the judge, before. One such value in a group of rows would cost its neighbours a retry, so it stops at the door.
/// </remarks>
/// <param name="Path">Where, as a JSON path without its root.</param>
internal readonly record struct JsonFlaw(string Path, string Detail)
{
    private const int LongestNumber = 128;

    /// <summary>The first flaw, or null. Recursive: the reader's depth limit bounds it.</summary>
    public static JsonFlaw? Find(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => FindInObject(element),
        JsonValueKind.Array => FindInArray(element),
        JsonValueKind.String => Here(TextFlaw(JsonMarshal.GetRawUtf8Value(element))),
        JsonValueKind.Number => Here(NumberFlaw(element)),
        _ => null,
    };

    private static JsonFlaw? FindInObject(JsonElement element)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            if (TextFlaw(JsonMarshal.GetRawUtf8PropertyName(property)) is { } flaw)
                return new JsonFlaw("", $"a property name: {flaw}");
            if (!names.Add(property.Name))
                return new JsonFlaw(Echo.Cut($".{property.Name}"), "appears twice");
            if (Find(property.Value) is { } inner)
                return inner with { Path = Echo.Cut($".{property.Name}{inner.Path}") };
        }
        return null;
    }

    private static JsonFlaw? FindInArray(JsonElement element)
    {
        var index = 0;
        foreach (var item in element.EnumerateArray())
        {
            if (Find(item) is { } inner)
                return inner with { Path = Echo.Cut(string.Create(CultureInfo.InvariantCulture, $"[{index}]{inner.Path}")) };
            index++;
        }
        return null;
    }

    private static JsonFlaw? Here(string? detail) => detail is null ? null : new JsonFlaw("", detail);

    private static string? TextFlaw(ReadOnlySpan<byte> raw)
    {
        for (var at = raw.IndexOf((byte)'\\'); at >= 0; at = Next(raw, at + 2))
        {
            if (raw[at..].StartsWith("\\u0000"u8))
                return "holds U+0000, which cannot be stored";
        }
        return null;
    }

    /// <summary>The next backslash at or after <paramref name="from"/>, or -1. What it escapes is passed over with it.</summary>
    private static int Next(ReadOnlySpan<byte> raw, int from)
    {
        var found = raw[from..].IndexOf((byte)'\\');
        return found < 0 ? -1 : from + found;
    }

    private static string? NumberFlaw(JsonElement element)
    {
        var raw = JsonMarshal.GetRawUtf8Value(element);
        if (raw.Length > LongestNumber)
            return "is a number of more than 128 characters";
        if (!element.TryGetDouble(out var value) || !double.IsFinite(value))
            return "is a number beyond the range of a double";
        var exponent = raw.IndexOfAny("eE"u8);
        var significand = exponent < 0 ? raw : raw[..exponent];
        return value == 0 && significand.ContainsAnyInRange((byte)'1', (byte)'9') ? "is a number too close to zero for a double" : null;
    }
}
