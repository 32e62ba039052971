using System.Text.Json;
using System.Text.Json.Serialization;
using JobTracker.Batches;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Batches;

/// <summary>The JSON columns of both databases: snake_case, words for statuses, no nulls.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    Converters =
    [
        typeof(Words<BatchStatus>), typeof(Words<BatchPhase>), typeof(Words<ItemStatus>), typeof(Words<JobStatus>),
        typeof(Words<ProviderStage>),
        typeof(Words<ProviderEnd>), typeof(BatchIdText), typeof(JobIdText),
    ])]
[JsonSerializable(typeof(Batch))]
[JsonSerializable(typeof(BatchAttempt))]
[JsonSerializable(typeof(ItemError))]
internal sealed partial class BatchJson : JsonSerializerContext
{
    /// <summary>
    /// One object with the fields of both, as in rows of before the attempt was an object of its own. In a rolling update silos of that
    /// time read what is written here: to one that did not find the attempt's fields, a batch that was sent would be one to send.
    /// </summary>
    public static string Of(Batch batch)
    {
        var (fields, attempt) = (
            JsonSerializer.Serialize(batch, Default.Batch), JsonSerializer.Serialize(batch.Attempt, Default.BatchAttempt));
        return string.Concat(fields.AsSpan(0, fields.Length - 1), ",", attempt.AsSpan(1));
    }

    public static string? Of(ItemError? error) => error is null ? null : JsonSerializer.Serialize(error, Default.ItemError);

    /// <summary>The version is the column's.</summary>
    public static Batch Read(string json, long version)
    {
        var batch = JsonSerializer.Deserialize(json, Default.Batch)!;
        return batch with
        {
            Snapshot = batch.Snapshot with { Version = version },
            Attempt = JsonSerializer.Deserialize(json, Default.BatchAttempt)!,
        };
    }

    public static ItemError? Error(string? json) => json is null ? null : JsonSerializer.Deserialize(json, Default.ItemError);

    internal sealed class Words<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
        where T : struct, Enum;

    internal sealed class BatchIdText : JsonConverter<BatchId>
    {
        public override BatchId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JobTracker.Batches.BatchId.Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, BatchId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }

    internal sealed class JobIdText : JsonConverter<JobId>
    {
        public override JobId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JobTracker.Jobs.JobId.Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, JobId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
