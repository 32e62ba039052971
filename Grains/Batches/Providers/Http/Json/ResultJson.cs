using System.Text;
using System.Text.Json;

namespace JobTracker.Grains.Batches.Providers.Http.Json;

/// <summary>
/// Steps through the envelope of a result line without building anything of what lies in it. Broken JSON is a <see cref="JsonException"/>.
/// </summary>
internal static class ResultJson
{
    private const int MaxCustomId = 512;

    /// <summary>A model's tool input may nest deeper than the default of 64 allows.</summary>
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 1024 };

    public static Utf8JsonReader Open(ReadOnlySpan<byte> line)
    {
        var json = new Utf8JsonReader(line, Deep);
        return json.Read() && json.TokenType is JsonTokenType.StartObject
            ? json
            : throw new JsonException("The line is not a JSON object.");
    }

    /// <summary>Moves to the next property of the object that is open; false at its end.</summary>
    public static bool NextProperty(ref Utf8JsonReader json) => json.Read() && json.TokenType is JsonTokenType.PropertyName;

    /// <summary>Steps into the property's value if it is an object, and over it otherwise.</summary>
    /// <param name="start">Where the value begins in the line; it ends where the reader stands when it was read.</param>
    public static bool Enter(scoped ref Utf8JsonReader json, out int start)
    {
        json.Read();
        start = (int)json.TokenStartIndex;
        if (json.TokenType is JsonTokenType.StartObject)
            return true;
        json.Skip();
        return false;
    }

    /// <summary>The property's value as it stands in the line.</summary>
    public static ReadOnlySpan<byte> Value(scoped ref Utf8JsonReader json, ReadOnlySpan<byte> line)
    {
        json.Read();
        var start = (int)json.TokenStartIndex;
        json.Skip();
        return line[start..(int)json.BytesConsumed];
    }

    public static void Pass(ref Utf8JsonReader json)
    {
        json.Read();
        json.Skip();
    }

    public static string? Text(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType is JsonTokenType.String)
            return Decoded(ref json);
        json.Skip();
        return null;
    }

    public static int? Integer(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType is JsonTokenType.Number && json.TryGetInt32(out var number))
            return number;
        json.Skip();
        return null;
    }

    /// <summary>The property's value as the text it has in the line; null for null.</summary>
    public static string? Raw(ref Utf8JsonReader json, ReadOnlySpan<byte> line)
    {
        var value = Value(ref json, line);
        return json.TokenType is JsonTokenType.Null ? null : Encoding.UTF8.GetString(value);
    }

    /// <summary>Reads to the end of the line, so that anything behind the object is an error.</summary>
    public static string Close(ref Utf8JsonReader json, string? customId)
    {
        json.Read();
        return customId is { Length: > 0 and <= MaxCustomId } && !customId.Contains('\0')
            ? customId
            : throw new JsonException("The line names no item: it has no usable custom_id.");
    }

    private static string? Decoded(ref Utf8JsonReader json)
    {
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException halfPair)
        {
            throw new JsonException("A text is not valid Unicode.", halfPair);
        }
    }
}
