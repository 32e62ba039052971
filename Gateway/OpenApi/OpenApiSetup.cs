using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace JobTracker.Gateway.OpenApi;

/// <summary>
/// The document at <c>/openapi/v1.json</c> and the page that shows it at <c>/docs</c>. For whoever is signed in, whatever he may do.
/// </summary>
internal static class OpenApiSetup
{
    /// <summary>The page may load what this process serves, and nothing else from anywhere.</summary>
    private const string OwnContentOnly =
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: "
            + "blob:; font-src 'self' data:; worker-src 'self' blob:; "
            + "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void AddGatewayOpenApi(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.ShouldInclude = operation => operation.HttpMethod != HttpMethods.Head; // HTTP's own: as GET, without the body
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.CreateSchemaReferenceId = SchemaNotes.NameOf;
        options.AddDocumentTransformer<DocumentNotes>();
        options.AddOperationTransformer<OperationNotes>();
        options.AddSchemaTransformer<SchemaNotes>();
    });

    public static void MapGatewayOpenApi(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi().RequireAuthorization().WithMetadata(Offers.Json);
        var docs = app.MapGroup("").RequireAuthorization();
        // Its maker lets everybody have the page's scripts and its icon.
        ((IEndpointConventionBuilder)docs).Finally(endpoint =>
        {
            foreach (var open in endpoint.Metadata.OfType<IAllowAnonymous>().ToList())
                endpoint.Metadata.Remove(open);
        });
        docs.MapScalarApiReference("/docs", options =>
        {
            options.Title = "JobTracker";
            options.DefaultFonts = false;
            options.Telemetry = false;
            // What its maker sells: a chat, a server for one, a hosted client, and publishing from one's own machine.
            options.Agent = new ScalarAgentOptions { Disabled = true };
            options.Mcp = new ScalarMcpOptions { Disabled = true };
            options.HideClientButton = true;
            options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
        }).AddEndpointFilter(async (context, next) =>
        {
            context.HttpContext.Response.Headers.ContentSecurityPolicy = OwnContentOnly;
            return await next(context);
        });
    }
}
