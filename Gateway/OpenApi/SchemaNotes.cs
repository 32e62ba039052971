using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using JobTracker.Audit;
using JobTracker.Batches;
using JobTracker.Gateway.Json;
using JobTracker.Jobs;
using JobTracker.Operations;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace JobTracker.Gateway.OpenApi;

/// <summary>
/// Says what the serializers' metadata do not: the types with converters of their own, which fields are always there, and what is refused.
/// </summary>
internal sealed class SchemaNotes : IOpenApiSchemaTransformer
{
    /// <summary>How the framework marks a reference that may be null as well; it would become "one of null and the type".</summary>
    private const string NullableReference = "x-is-nullable-property";

    /// <summary>The name of a type in the document; free JSON has none, it is said where it stands.</summary>
    public static string? NameOf(JsonTypeInfo type)
    {
        var kind = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        return kind == typeof(RawJson) || kind == typeof(RawUtf8Json) ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
    }

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        DescribeType(schema, context.JsonTypeInfo.Type);
        if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object)
            DescribeFields(schema, context.JsonTypeInfo);
        if (context.JsonPropertyInfo is { } property && IsNeverNull(property))
            RefuseNull(schema);
        if (context.JsonTypeInfo.Type.GetCustomAttribute<HoldsOneOfAttribute>() is { } choice)
            schema.OneOf = [.. choice.Properties.Select(name => Holding(name, context.JsonTypeInfo, context.Document!))];
        return Task.CompletedTask;
    }

    private static void DescribeType(OpenApiSchema schema, Type type)
    {
        var kind = Nullable.GetUnderlyingType(type) ?? type;
        var orNull = kind == type ? default : JsonSchemaType.Null;
        if (kind == typeof(RawJson))
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
        else if (kind == typeof(OperationStatus))
            Words(Enum.GetValues<OperationStatus>().Select(status => status.Word));
        else if (kind == typeof(OperationAction))
            Words(Enum.GetValues<OperationAction>().Select(action => action.Word));
        else if (kind == typeof(AuditOutcome))
            Words(Enum.GetValues<AuditOutcome>().Select(outcome => outcome.Word));

        void Words(IEnumerable<string> words) =>
            (schema.Type, schema.Enum) = (JsonSchemaType.String | orNull, [.. words.Select(word => JsonValue.Create(word))]);
    }

    /// <summary>
    /// A body has no other fields than these, and needs those that are marked; of an answer every field is there, if only as null.
    /// </summary>
    private static void DescribeFields(OpenApiSchema schema, JsonTypeInfo type)
    {
        if (type.Type.Name.EndsWith("Body", StringComparison.Ordinal))
            schema.AdditionalPropertiesAllowed = false;
        else
            schema.Required = type.Properties.Where(property => !Has<JsonIgnoreAttribute>(property))
                .Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
    }

    private static void RefuseNull(OpenApiSchema schema)
    {
        schema.Type &= ~JsonSchemaType.Null;
        schema.Metadata?.Remove(NullableReference);
    }

    /// <summary>What may be null in the code alone: it is refused in a body, left out of an answer, or known to the compiler.</summary>
    private static bool IsNeverNull(JsonPropertyInfo property) =>
        Has<DisallowNullAttribute>(property) || Has<JsonIgnoreAttribute>(property)
        || (property.AttributeProvider is PropertyInfo code
            && new NullabilityInfoContext().Create(code).ReadState == NullabilityState.NotNull);

    private static OpenApiSchema Holding(string property, JsonTypeInfo type, OpenApiDocument document)
    {
        var held = type.Properties.Single(candidate => candidate.AttributeProvider is PropertyInfo code && code.Name == property);
        return new OpenApiSchema
        {
            Required = new HashSet<string>([held.Name], StringComparer.Ordinal),
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                [held.Name] = new OpenApiSchemaReference(held.PropertyType.Name, document),
            },
        };
    }

    private static bool Has<T>(JsonPropertyInfo property) => property.AttributeProvider?.IsDefined(typeof(T), inherit: true) == true;
}
