using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using JobTracker.Pages.Parts;

namespace JobTracker.Pages.Json;

/// <summary>Reads a JSON document for people: bounded in every direction, and everything in it is text.</summary>
public static class JsonText
{
    /// <summary>Values of one object or array.</summary>
    public const int MostChildren = 200;

    /// <summary>Values in all.</summary>
    public const int MostNodes = 2_000;

    /// <summary>Characters of one string.</summary>
    public const int LongestString = 1_000;

    /// <summary>Characters of a text that is no JSON.</summary>
    public const int LongestRaw = 10_000;

    /// <summary>Characters of names and values in all.</summary>
    public const int MostText = 250_000;

    private const int Deepest = 64;

    /// <summary>The document's tree, and whether something was left out for its size; null: it is no JSON, or spells no Unicode.</summary>
    public static (JsonTreeNode? Root, bool IsCut) Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = Deepest * 2 });
            var left = new Room(MostNodes, MostText);
            var root = Of("", document.RootElement, 0, ref left);
            return (root, left.IsOver);
        }
        // The last two: half of a surrogate pair, as an escape and as it is.
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or ArgumentException)
        {
            return (null, false);
        }
    }

    /// <summary>The first characters of a text, and how many there are where that is not all.</summary>
    public static string Cut(string text, int longest)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= longest)
            return text;
        var end = char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest;
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, end)}… ({Words.Of(text.Length)} characters)");
    }

    private static JsonTreeNode Of(string name, JsonElement value, int depth, ref Room left)
    {
        left = left with { Nodes = left.Nodes - 1 };
        var node = value.ValueKind switch
        {
            JsonValueKind.Object => OfObject(name, value, depth, ref left),
            JsonValueKind.Array => OfArray(name, value, depth, ref left),
            JsonValueKind.String => new(name, "string", Cut(value.GetString() ?? "", LongestString)),
            JsonValueKind.Number => new(name, "number", Cut(value.GetRawText(), LongestString)),
            JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null or JsonValueKind.Undefined =>
                new(name, "word", value.GetRawText()),
            _ => throw new JsonException($"A kind of value of the future: {value.ValueKind}."),
        };
        left = left with { Text = left.Text - node.Name.Length - node.Text.Length };
        return node;
    }

    private static JsonTreeNode OfObject(string name, JsonElement value, int depth, ref Room left)
    {
        var children = ImmutableArray.CreateBuilder<JsonTreeNode>();
        long count = 0;
        foreach (var property in value.EnumerateObject())
        {
            count++;
            if (MayGoOn(children.Count, depth, left))
                children.Add(Of(Cut(property.Name, LongestString), property.Value, depth + 1, ref left));
        }
        return new(name, "object", Counted(count, "field"), children.ToImmutable(), count - children.Count);
    }

    private static JsonTreeNode OfArray(string name, JsonElement value, int depth, ref Room left)
    {
        var children = ImmutableArray.CreateBuilder<JsonTreeNode>();
        var count = value.GetArrayLength();
        foreach (var item in value.EnumerateArray())
        {
            if (!MayGoOn(children.Count, depth, left))
                break;
            children.Add(Of(children.Count.ToString(CultureInfo.InvariantCulture), item, depth + 1, ref left));
        }
        return new(name, "array", Counted(count, "entry"), children.ToImmutable(), count - children.Count);
    }

    private static bool MayGoOn(int children, int depth, Room left) => children < MostChildren && depth < Deepest && !left.IsOver;

    private static string Counted(long count, string one) => count == 1
        ? $"1 {one}"
        : $"{Words.Of(count)} {(one == "entry" ? "entries" : one + "s")}";

    /// <summary>What may still be shown.</summary>
    private readonly record struct Room(int Nodes, int Text)
    {
        public bool IsOver => Nodes <= 0 || Text <= 0;
    }
}
