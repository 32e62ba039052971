using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace JobTracker.Gateway.OpenApi;

/// <summary>Adds the parameters that a handler reads by itself, and the marks of deprecation.</summary>
internal sealed class OperationNotes : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Deprecated = metadata.OfType<ObsoleteAttribute>().Any();
        foreach (var note in metadata.OfType<ParameterNote>())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = note.Name,
                In = note.In == "query" ? ParameterLocation.Query : ParameterLocation.Header,
                Description = note.Meaning,
                Deprecated = note.Meaning.StartsWith("Deprecated", StringComparison.Ordinal),
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }
        return Task.CompletedTask;
    }
}
