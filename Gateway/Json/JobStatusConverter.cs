using System.Text.Json;
using System.Text.Json.Serialization;
using JobTracker.Jobs;

namespace JobTracker.Gateway.Json;

/// <summary>A status on the wire is its word.</summary>
internal sealed class JobStatusConverter : JsonConverter<JobStatus>
{
    public override JobStatus Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JobStatus.FromWord(reader.GetString() ?? "") ?? throw new JsonException("Expected a status.");

    public override void Write(Utf8JsonWriter writer, JobStatus value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Word);
}
