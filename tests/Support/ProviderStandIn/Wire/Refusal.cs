namespace JobTracker.Tests.StandIn.Wire;

/// <summary>An error in the words of a provider; as an exception where a stream of input is refused in its middle.</summary>
internal sealed record Refusal(int Status, string ContentType, string Body) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        httpContext.Response.ContentType = ContentType;
        return httpContext.Response.WriteAsync(Body, httpContext.RequestAborted);
    }
}

internal sealed class RefusedException(Refusal refusal) : Exception(refusal.Body)
{
    public Refusal Refusal { get; } = refusal;
}
