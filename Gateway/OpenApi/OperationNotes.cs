using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace JobTracker.Gateway.OpenApi;

/// <summary>
/// Adds what a handler reads and answers by itself, and what every endpoint may answer. The words come from the endpoint's own metadata:
/// the comments of the code are for those who read the code.
/// </summary>
internal sealed class OperationNotes : IOpenApiOperationTransformer
{
    public async Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Summary = metadata.OfType<IEndpointSummaryMetadata>().LastOrDefault()?.Summary;
        operation.Description = metadata.OfType<IEndpointDescriptionMetadata>().LastOrDefault()?.Description;
        operation.Deprecated = metadata.OfType<ObsoleteAttribute>().Any();
        operation.Parameters ??= [];
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>())
            DescribePath(parameter, context.Description.RelativePath!);
        foreach (var note in metadata.OfType<ParameterNote>())
            operation.Parameters.Add(note.ToParameter());
        var isOpen = metadata.OfType<IAllowAnonymous>().Any();
        AddProblems(operation, isOpen, context.Document!);
        if (!isOpen)
            SecurityNotes.Describe(operation, metadata.OfType<IAuthorizeData>().LastOrDefault()?.Policy, context.Document!);
        foreach (var response in operation.Responses!.Values.OfType<OpenApiResponse>())
            response.Headers = CommonProblems.OfEveryAnswer(needsCaller: !isOpen);
        foreach (var note in metadata.OfType<HeaderNote>())
            AddHeader(operation, note);
        foreach (var note in metadata.OfType<LinesNote>())
            await AddLinesAsync(operation, note, context, cancellationToken);
    }

    private static void DescribePath(OpenApiParameter parameter, string path)
    {
        if (parameter.Name == "id")
            (parameter.Description, parameter.Schema) = path.Split('/')[1] switch
            {
                "batches" => ("The batch's id.", Ids.OfBatch()),
                "operations" => ("The operation's id.", Ids.OfOperation()),
                "keys" => ("The key's id.", Ids.OfKey()),
                "organizations" => ("The organization's id.", parameter.Schema),
                _ => ("The job's id.", Ids.OfJob()),
            };
        else if (parameter.Name == "custom_id")
            parameter.Description = "The item's custom_id.";
    }

    private static void AddProblems(OpenApiOperation operation, bool isOpen, OpenApiDocument document)
    {
        var responses = operation.Responses ??= [];
        var declared = responses.Where(response => response.Value.Content?.ContainsKey("application/problem+json") == true)
            .Select(response => int.Parse(response.Key, CultureInfo.InvariantCulture));
        foreach (var status in declared.Concat(CommonProblems.Of(needsCaller: !isOpen)).Distinct().Order().ToArray())
        {
            var key = status.ToString(CultureInfo.InvariantCulture);
            if (!responses.TryGetValue(key, out var response) || response.Content?.ContainsKey("application/problem+json") == true)
            {
                responses.Remove(key);
                responses[key] = new OpenApiResponseReference(CommonProblems.NameOf(status), document);
            }
        }
        operation.Responses = [];
        foreach (var (status, response) in responses.OrderBy(response => response.Key, StringComparer.Ordinal))
            operation.Responses[status] = response;
    }

    private static void AddHeader(OpenApiOperation operation, HeaderNote note)
    {
        if (operation.Responses![note.Status.ToString(CultureInfo.InvariantCulture)] is not OpenApiResponse response)
            throw new InvalidOperationException($"{operation.OperationId} describes no answer {note.Status} of its own.");
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        response.Headers[note.Name] = new OpenApiHeader
        {
            Description = note.Meaning,
            Required = note.IsRequired,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        };
    }

    /// <summary>
    /// OpenAPI 3.1 has no word for a stream of values: it is a string, and
    /// <c>contentSchema</c> (JSON Schema) is what each line or event holds.
    /// </summary>
    private static async Task AddLinesAsync(
        OpenApiOperation operation, LinesNote note, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var lines = new JsonArray();
        foreach (var line in note.Lines)
        {
            var described = await context.GetOrCreateSchemaAsync(line, parameterDescription: null, cancellation);
            context.Document!.AddComponent(line.Name, described);
            lines.Add(new JsonObject { ["$ref"] = $"#/components/schemas/{line.Name}" });
        }
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Extensions = new Dictionary<string, IOpenApiExtension>
            {
                ["contentMediaType"] = new JsonNodeExtension(note.MediaType),
                ["contentSchema"] = new JsonNodeExtension(new JsonObject { ["anyOf"] = lines }),
            },
        };
        var contents = operation.Responses!.Values.Select(response => response.Content).Append(operation.RequestBody?.Content);
        foreach (var content in contents.OfType<IDictionary<string, OpenApiMediaType>>()
            .Where(content => content.ContainsKey(note.MediaType)))
            content[note.MediaType].Schema = schema;
    }
}
