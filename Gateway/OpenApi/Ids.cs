using Microsoft.OpenApi;

namespace JobTracker.Gateway.OpenApi;

/// <summary>How ids look.</summary>
internal static class Ids
{
    public const string JobPattern = "^job-" + Uuid;
    public const string BatchPattern = "^batch-" + Uuid;
    public const string OperationPattern = "^operation-" + Uuid;
    public const string AuditPattern = "^audit-" + Uuid;

    public const string KeyPattern = "^key-[0-9A-Za-z]{10}$";

    private const string Uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";

    public static OpenApiSchema OfJob() => new() { Type = JsonSchemaType.String, Pattern = JobPattern };

    public static OpenApiSchema OfBatch() => new() { Type = JsonSchemaType.String, Pattern = BatchPattern };

    public static OpenApiSchema OfOperation() => new() { Type = JsonSchemaType.String, Pattern = OperationPattern };

    public static OpenApiSchema OfKey() => new() { Type = JsonSchemaType.String, Pattern = KeyPattern };
}
