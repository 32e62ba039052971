using System.Text.Json.Nodes;
using JobTracker.Batches;
using JobTracker.Gateway.Json;
using JobTracker.Jobs;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace JobTracker.Gateway.OpenApi;

/// <summary>Says what the types with converters of their own look like.</summary>
internal sealed class SchemaNotes : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        var kind = Nullable.GetUnderlyingType(type) ?? type;
        var orNull = kind == type ? default : JsonSchemaType.Null;
        if (kind == typeof(RawJson) || kind == typeof(RawUtf8Json))
            schema.Type = JsonSchemaType.Object | orNull;
        else if (kind == typeof(DateTimeOffset))
            (schema.Type, schema.Format) = (JsonSchemaType.String | orNull, "date-time");
        else if (kind == typeof(JobStatus))
            Words(Enum.GetValues<JobStatus>().Select(status => status.Word));
        else if (kind == typeof(BatchStatus))
            Words(Enum.GetValues<BatchStatus>().Select(status => status.Word));
        else if (kind == typeof(BatchPhase))
            Words(Enum.GetValues<BatchPhase>().Select(phase => phase.Word));
        else if (kind == typeof(ItemStatus))
            Words(Enum.GetValues<ItemStatus>().Select(status => status.Word));
        return Task.CompletedTask;

        void Words(IEnumerable<string> words) => (schema.Type, schema.Enum) = (JsonSchemaType.String | orNull, [.. words.Select(word => JsonValue.Create(word))]);
    }
}
