using System.Text.Json.Nodes;
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
        if (kind == typeof(RawJson))
            schema.Type = JsonSchemaType.Object | orNull;
        else if (kind == typeof(DateTimeOffset))
            (schema.Type, schema.Format) = (JsonSchemaType.String | orNull, "date-time");
        else if (kind == typeof(JobStatus))
            (schema.Type, schema.Enum) = (JsonSchemaType.String | orNull, [.. Enum.GetValues<JobStatus>().Select(status => JsonValue.Create(status.Word))]);
        return Task.CompletedTask;
    }
}
