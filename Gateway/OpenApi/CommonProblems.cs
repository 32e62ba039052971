using System.Globalization;
using System.Text.Json.Nodes;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Quotas;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace JobTracker.Gateway.OpenApi;

/// <summary>The error answers, described once for all endpoints: one response a status, from the list of the kinds of problem.</summary>
internal static class CommonProblems
{
    /// <summary>What any request may be answered, whatever it asks for; those of them that no kind of problem has are left out.</summary>
    private static readonly int[] OfEveryRequest = [400, 405, 406, 408, 413, 415, 421, 422, 500, 503];

    private static readonly int[] OfKnownCallers = [401, 403, 429];

    public static IEnumerable<int> Of(bool needsCaller) =>
        (needsCaller ? OfEveryRequest.Concat(OfKnownCallers) : OfEveryRequest).Where(status => Kinds(status).Any());

    /// <summary>The name of the response in the document, such as <c>NotFound</c>.</summary>
    public static string NameOf(int status) => ReasonPhrases.GetReasonPhrase(status).Replace(" ", "", StringComparison.Ordinal);

    public static IEnumerable<int> Statuses => ProblemKind.All.Select(kind => kind.Status).Distinct();

    public static OpenApiResponse Response(int status, OpenApiDocument document)
    {
        var kinds = Kinds(status).ToArray();
        return new OpenApiResponse
        {
            Description = string.Join('\n', kinds.Select(kind => $"- `{kind.Code}`: {kind.Title}. {kind.Advice}")),
            Headers = Headers(status, kinds),
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(nameof(Problem), document) },
            },
        };
    }

    /// <summary>The headers of every answer, good or not.</summary>
    public static Dictionary<string, IOpenApiHeader> OfEveryAnswer(bool needsCaller)
    {
        var headers = new Dictionary<string, IOpenApiHeader> { [Tracing.RequestId.Header] = RequestId() };
        if (needsCaller)
        {
            headers[RequestBudget.PolicyHeader] = Budget("How many requests a key may send: `q` at once, refilled within `w` seconds.");
            headers[RequestBudget.Header] = Budget("How many it may send now (`r`), and in how many seconds all are there again (`t`).");
        }

        return headers;
    }

    private static OpenApiHeader Budget(string meaning) => new()
    {
        Description = $"{meaning} Not where nobody signs in.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static OpenApiHeader RequestId() => new()
    {
        Description = "The id of the request, in logs too: the trace id of its `traceparent`, or a new one.",
        Required = true,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[0-9a-f]{32}$" },
    };

    private static Dictionary<string, IOpenApiHeader> Headers(int status, ProblemKind[] kinds)
    {
        var headers = new Dictionary<string, IOpenApiHeader> { [Tracing.RequestId.Header] = RequestId() };
        if (kinds.Any(WaitsToRetry))
            headers["Retry-After"] = RetryAfter(kinds.All(WaitsToRetry));
        if (status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden)
            headers["WWW-Authenticate"] = Challenge();
        if (kinds.Any(kind => kind.IsFinal))
            headers["x-should-retry"] = ShouldRetry(kinds.All(kind => kind.IsFinal));
        if (status == StatusCodes.Status405MethodNotAllowed)
            headers["Allow"] = Allow();
        return headers;
    }

    private static bool WaitsToRetry(ProblemKind kind) => kind.RetryAfterSeconds is not null || kind == ProblemKind.TooManyRequests;

    private static OpenApiHeader Challenge() => new()
    {
        Description = "What credentials are asked for, and what is wrong with these (RFC 6750, 3).",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static OpenApiHeader RetryAfter(bool always) => new()
    {
        Description = "Seconds to wait before the request is repeated.",
        Required = always,
        Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = 0.ToString(CultureInfo.InvariantCulture) },
    };

    private static OpenApiHeader ShouldRetry(bool always) => new()
    {
        Description = "`false`: repeating the request cannot help.",
        Required = always,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [JsonValue.Create("false")] },
    };

    private static OpenApiHeader Allow() => new()
    {
        Description = "The methods that the path has.",
        Required = true,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static IEnumerable<ProblemKind> Kinds(int status) => ProblemKind.All.Where(kind => kind.Status == status);
}
