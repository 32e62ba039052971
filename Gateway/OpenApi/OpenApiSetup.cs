using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace JobTracker.Gateway.OpenApi;

/// <summary>The document at <c>/openapi/v1.json</c> and the page that shows it at <c>/docs</c>. Open to all: they describe the API, not its data.</summary>
internal static class OpenApiSetup
{
    /// <summary>The page may load what this process serves, and nothing else from anywhere.</summary>
    private const string OwnContentOnly =
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:";

    public static void AddGatewayOpenApi(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.CreateSchemaReferenceId = SchemaNotes.NameOf;
        options.AddDocumentTransformer<DocumentNotes>();
        options.AddOperationTransformer<OperationNotes>();
        options.AddSchemaTransformer<SchemaNotes>();
    });

    public static void MapGatewayOpenApi(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi().AllowAnonymous();
        app.MapScalarApiReference("/docs", options =>
        {
            options.Title = "JobTracker";
            options.DefaultFonts = false;
            options.Telemetry = false;
        }).AllowAnonymous().AddEndpointFilter(async (context, next) =>
        {
            context.HttpContext.Response.Headers.ContentSecurityPolicy = OwnContentOnly;
            return await next(context);
        });
    }
}
