using System.Text.Json;
using System.Text.Json.Serialization;
using JobTracker.Grains.Operations.Life;
using JobTracker.Grains.Storage.Batches;
using JobTracker.Jobs;
using JobTracker.Operations;

namespace JobTracker.Grains.Storage.Operations;

/// <summary>The JSON column of both databases: snake_case, words for statuses, no nulls.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    Converters =
    [
        typeof(BatchJson.Words<OperationStatus>), typeof(BatchJson.Words<OperationAction>), typeof(BatchJson.Words<JobStatus>),
        typeof(BatchJson.JobIdText), typeof(OperationIdText),
    ])]
[JsonSerializable(typeof(Operation))]
internal sealed partial class OperationJson : JsonSerializerContext
{
    public static string Of(Operation operation) => JsonSerializer.Serialize(operation, Default.Operation);

    /// <summary>The version is the column's.</summary>
    public static Operation Read(long version, string json)
    {
        var operation = JsonSerializer.Deserialize(json, Default.Operation)!;
        return operation with { Snapshot = operation.Snapshot with { Version = version } };
    }

    internal sealed class OperationIdText : JsonConverter<OperationId>
    {
        public override OperationId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JobTracker.Operations.OperationId.Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, OperationId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
