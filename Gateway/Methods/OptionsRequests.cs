namespace JobTracker.Gateway.Methods;

/// <summary>
/// OPTIONS names what a path allows (RFC 9110, 9.3.7). Routing knows it already: it is what a method that is not allowed would be told.
/// </summary>
internal static class OptionsRequests
{
    public static IApplicationBuilder UseOptionsRequests(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        await next(http);
        var response = http.Response;
        if (!HttpMethods.IsOptions(http.Request.Method) || response.StatusCode != StatusCodes.Status405MethodNotAllowed
            || response.HasStarted)
            return;
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.Allow = $"{response.Headers.Allow}, {HttpMethods.Options}";
    });
}
