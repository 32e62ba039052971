using System.Globalization;
using JobTracker.Tests.StandIn.Anthropic;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.OpenAi;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.StandIn.Faults;

/// <summary>An answer that takes the place of the real one: the request is not carried out.</summary>
internal sealed record BrokenAnswer(Refusal Refusal, string? RetryAfter = null)
{
    private const string ProxyPage =
        "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center><h1>502 Bad Gateway</h1></center></body>\r\n</html>\r\n";

    /// <summary>Null for a fault that lets the request through.</summary>
    public static BrokenAnswer? For(Fault fault, Dialect dialect, TimeProvider clock)
    {
        var seconds = ((int)fault.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var date = (clock.GetUtcNow() + fault.RetryAfter).ToString("R", CultureInfo.InvariantCulture);
        return fault.Kind switch
        {
            FaultKind.TooManyRequests => new(Shape(dialect, 429), seconds),
            FaultKind.TooManyRequestsUntilDate => new(Shape(dialect, 429), date),
            FaultKind.TooManyRequestsUnexplained => new(Shape(dialect, 429)),
            FaultKind.InternalError => new(Shape(dialect, 500)),
            FaultKind.Overloaded => new(Shape(dialect, 529)),
            FaultKind.NotFound => new(Shape(dialect, 404)),
            FaultKind.BadRequest => new(Shape(dialect, 400)),
            FaultKind.Unauthorized => new(Shape(dialect, 401)),
            FaultKind.Forbidden => new(Shape(dialect, 403)),
            FaultKind.MethodNotAllowed => new(Shape(dialect, 405)),
            FaultKind.Conflict => new(Shape(dialect, 409)),
            FaultKind.HtmlPage =>
                new(new Refusal(200, "text/html", ProxyPage.Replace("502 Bad Gateway", "Back soon", StringComparison.Ordinal))),
            FaultKind.EmptyBody => new(new Refusal(200, "application/x-ndjson", "")),
            FaultKind.HtmlBadGateway => new(new Refusal(502, "text/html", ProxyPage)),
            _ => null,
        };
    }

    public Task WriteAsync(HttpContext context)
    {
        if (RetryAfter is not null)
            context.Response.Headers.RetryAfter = RetryAfter;
        return Refusal.ExecuteAsync(context);
    }

    private static Refusal Shape(Dialect dialect, int status) =>
        dialect is Dialect.Anthropic ? AnthropicRefusals.ForStatus(status) : OpenAiRefusals.ForStatus(status);
}
