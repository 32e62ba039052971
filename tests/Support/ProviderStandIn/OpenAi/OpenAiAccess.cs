using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.StandIn.OpenAi;

/// <summary>
/// What both groups of routes share: their addresses (OpenAI's, and the prefix of Azure and Groq) and the check of the key.
/// </summary>
internal static class OpenAiAccess
{
    private static readonly string[] Prefixes = ["/v1", "/openai/v1"];

    public static IEnumerable<RouteGroupBuilder> Groups(IEndpointRouteBuilder app, string noun) =>
        Prefixes.Select(prefix => app.MapGroup($"{prefix}/{noun}").AddEndpointFilter(CheckKey));

    private static ValueTask<object?> CheckKey(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        invocation.HttpContext.Response.Headers["x-request-id"] = "req_standin";
        return Caller.ApiKey(invocation.HttpContext.Request).Length > 0
            ? next(invocation)
            : ValueTask.FromResult<object?>(OpenAiRefusals.NoKey);
    }
}
