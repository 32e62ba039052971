using System.Globalization;
using System.Text.Json;

namespace JobTracker.Grains.Batches.Providers.Http.Json;

/// <summary>Lenient reading of a small JSON answer: a field that is missing, null or of another kind is null.</summary>
internal static class JsonFields
{
    extension(JsonElement json)
    {
        public JsonElement? Field(string name) =>
            json.ValueKind is JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null
                ? value
                : null;

        public string? Text(string name) => json.Field(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

        /// <summary>A text that says something: empty counts as absent, which some compatible endpoints write for null.</summary>
        public string? Word(string name) => json.Text(name) is { Length: > 0 } word ? word : null;

        public long? Number(string name) =>
            json.Field(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

        public bool Flag(string name) => json.Field(name) is { ValueKind: JsonValueKind.True };

        /// <summary>RFC 3339.</summary>
        public DateTimeOffset? Time(string name) =>
            DateTimeOffset.TryParse(json.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? time.ToUniversalTime()
                : null;

        /// <summary>Seconds since 1970; 0 counts as absent.</summary>
        public DateTimeOffset? UnixTime(string name) =>
            json.Number(name) is > 0 and < 253_402_300_800 and var seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

        /// <summary>The elements of an array field; none when it is no array.</summary>
        public IEnumerable<JsonElement> Elements(string name) =>
            json.Field(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];
    }
}
