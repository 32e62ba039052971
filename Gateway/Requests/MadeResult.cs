namespace JobTracker.Gateway.Requests;

/// <summary>Answers with what a create made, and where it is; one that an earlier request made says so.</summary>
internal sealed class MadeResult(IResult made, string path, bool isReplayed = false) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => (made as IStatusCodeHttpResult)?.StatusCode;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.Location = httpContext.Request.PathBase + path;
        if (isReplayed)
            httpContext.Response.Headers["Idempotent-Replayed"] = "true";
        return made.ExecuteAsync(httpContext);
    }
}
