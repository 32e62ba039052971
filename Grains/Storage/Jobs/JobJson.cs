using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Jobs;

/// <summary>The JSON columns of both databases: snake_case, words for statuses, no nulls.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(StatusConverter)])]
[JsonSerializable(typeof(ImmutableArray<JobTransition>))]
[JsonSerializable(typeof(JobError))]
[JsonSerializable(typeof(JobProgress))]
[JsonSerializable(typeof(StoredCallback))]
internal sealed partial class JobJson : JsonSerializerContext
{
    /// <summary>Characters of a source_id that can be listed by; PostgreSQL's index entries end at 2,704 bytes.</summary>
    public const int SourceIdLength = 512;

    public static string Of(ImmutableArray<JobTransition> history) =>
        JsonSerializer.Serialize(history, Default.ImmutableArrayJobTransition);

    public static string? Of(JobError? error) => error is null ? null : JsonSerializer.Serialize(error, Default.JobError);

    public static string? Of(JobProgress? progress) => progress is null ? null : JsonSerializer.Serialize(progress, Default.JobProgress);

    public static string? Of(StoredCallback? callback) =>
        callback is null ? null : JsonSerializer.Serialize(callback, Default.StoredCallback);

    public static ImmutableArray<JobTransition> History(string json) =>
        JsonSerializer.Deserialize(json, Default.ImmutableArrayJobTransition);

    public static JobError? Error(string? json) => json is null ? null : JsonSerializer.Deserialize(json, Default.JobError);

    public static JobProgress? Progress(string? json) => json is null ? null : JsonSerializer.Deserialize(json, Default.JobProgress);

    public static StoredCallback? Callback(string? json) => json is null ? null : JsonSerializer.Deserialize(json, Default.StoredCallback);

    /// <summary>
    /// The string at metadata.source_id, which has an index of its own; null
    /// where it is missing, no string, or more than an index entry holds.
    /// </summary>
    public static string? SourceId(string? metadata)
    {
        if (metadata is null || !metadata.Contains("\"source_id\"", StringComparison.Ordinal))
            return null;
        using var document = JsonDocument.Parse(metadata);
        return document.RootElement.TryGetProperty("source_id", out var id) && id.ValueKind == JsonValueKind.String
            && id.GetString() is { Length: <= SourceIdLength } text
            ? text
            : null;
    }

    internal sealed class StatusConverter : JsonConverter<JobStatus>
    {
        public override JobStatus Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString() is { } word && JobStatusFacts.FromWord(word) is { } status
                ? status
                : throw new JsonException("The row has an unknown status.");

        public override void Write(Utf8JsonWriter writer, JobStatus value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Word);
    }
}
