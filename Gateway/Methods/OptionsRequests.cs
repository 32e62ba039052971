namespace JobTracker.Gateway.Methods;

/// <summary>
/// OPTIONS names what a path allows (RFC 9110, 9.3.7). Routing knows it already: it is what a method that is not allowed would be told.
/// </summary>
internal static class OptionsRequests
{
    /// <summary>Before anybody signs in: browsers ask so without credentials.</summary>
    public static IApplicationBuilder UseOptionsRequests(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (!HttpMethods.IsOptions(http.Request.Method) || http.GetEndpoint() is not { RequestDelegate: { } tell } endpoint
            || endpoint is RouteEndpoint)
        {
            await next(http);
            return;
        }

        await tell(http);
        if (http.Response.StatusCode == StatusCodes.Status405MethodNotAllowed)
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            http.Response.Headers.Allow = $"{http.Response.Headers.Allow}, {HttpMethods.Options}";
        }
    });
}
