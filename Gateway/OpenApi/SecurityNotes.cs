using Microsoft.OpenApi;

namespace JobTracker.Gateway.OpenApi;

/// <summary>How one signs in, and which scope an operation needs.</summary>
/// <remarks>
/// A key and a JWT come in the same header. OpenAPI 3.1 lets any scheme name the roles that it needs; the extension says it to those who
/// read it by an older rule.
/// </remarks>
internal static class SecurityNotes
{
    private const string Scheme = "bearer";

    public static void Describe(OpenApiDocument document) => document.AddComponent<IOpenApiSecurityScheme>(Scheme, new OpenApiSecurityScheme
    {
        Type = SecuritySchemeType.Http,
        Scheme = "bearer",
        BearerFormat = "API key or JWT",
        Description = "An API key (`jtk_…`), or a JWT of the provider that the service trusts. A service where nobody signs in "
            + "(`Auth:Mode` none, on loopback) asks for none.",
    });

    /// <param name="scope">Null: whoever is signed in may do it.</param>
    public static void Describe(OpenApiOperation operation, string? scope, OpenApiDocument document)
    {
        operation.Security =
        [
            new() { [new OpenApiSecuritySchemeReference(Scheme, document)] = scope is null ? [] : [scope] },
        ];
        if (scope is not null)
            operation.Description = $"Needs the scope `{scope}`.{(operation.Description is { Length: > 0 } more ? "\n\n" + more : "")}";
    }
}
