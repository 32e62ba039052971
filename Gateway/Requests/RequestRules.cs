using System.Collections.Frozen;
using JobTracker.Gateway.OpenApi;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests.Bodies;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace JobTracker.Gateway.Requests;

/// <summary>
/// What holds for a request to any endpoint, checked in one place and before its handler: the answer's type is accepted (406), every
/// query parameter is one that the endpoint declares (422), the body comes in a coding and a type that are read (415), and the id in its
/// path is one (422).
/// </summary>
internal static class RequestRules
{
    /// <summary>The endpoints that the rules are for; an unknown path, and a method that a path has not, are answered as such.</summary>
    public static RouteGroupBuilder MapWithRules(this IEndpointRouteBuilder app, GatewayLimits limits)
    {
        var all = app.MapGroup("").WithMetadata(new Ruled(), new BodyLimit(limits.BodyBytes));
        ((IEndpointConventionBuilder)all).Finally(PathId.Note);
        return all;
    }

    /// <summary>After authorization: who may not ask learns nothing about how.</summary>
    public static void UseRequestRules(this IApplicationBuilder app)
    {
        app.UseContentCodings();
        app.Use(async (http, next) =>
        {
            var endpoint = http.GetEndpoint()?.Metadata;
            if (endpoint?.GetMetadata<Ruled>() is not null && await RefusalAsync(http, endpoint) is { } problem)
                await new ProblemResult(problem).ExecuteAsync(http);
            else
                await next(http);
        });
    }

    private static async ValueTask<Problem?> RefusalAsync(HttpContext http, EndpointMetadataCollection endpoint)
    {
        if (endpoint.GetMetadata<Offers>() is { } offers && !AcceptHeader.Takes(http.Request.Headers.Accept, offers.Types))
            return ProblemMap.NotAcceptable(offers.Types);
        if (http.Request.QueryString.HasValue && UnknownParameters(http.Request.Query, endpoint) is { } unknown)
            return unknown;
        if (HasBody(http.Request) && await OfBodyAsync(http, endpoint) is { } unread)
            return unread;
        return endpoint.GetMetadata<PathId>()?.Refusal(http.Request);
    }

    private static Problem? UnknownParameters(IQueryCollection query, EndpointMetadataCollection endpoint)
    {
        var errors = new RequestErrors();
        var known = endpoint.GetOrderedMetadata<ParameterNote>();
        foreach (var name in query.Keys)
        {
            if (!known.Any(note => !note.IsHeader && note.Name == name))
                errors.InQuery(name, "is no parameter of this request");
        }
        return errors.Problem;
    }

    private static bool HasBody(HttpRequest request) =>
        request.ContentLength != 0 && request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: false };

    private static async ValueTask<Problem?> OfBodyAsync(HttpContext http, EndpointMetadataCollection endpoint)
    {
        if (ContentCoding.IsUnread(http.Request))
        {
            http.Response.Headers.AcceptEncoding = ContentCoding.Accepted;
            return ProblemMap.ContentCoding;
        }
        var room = http.RequestServices.GetRequiredService<BodyRoom>();
        http.Request.Body = new BodyStream(http.Request.Body, ContentCoding.WasRead(http), bytes => room.TakeAsync(http, bytes))
        {
            Held = ContentCoding.WasRead(http) ? long.MaxValue : http.Request.ContentLength ?? long.MaxValue,
        };
        BodyLimit.Apply(http.Request, endpoint.GetRequiredMetadata<BodyLimit>().Bytes);
        return endpoint.GetMetadata<IAcceptsMetadata>() is null ? await OfUnwantedBodyAsync(http) : null;
    }

    /// <summary>An endpoint that reads no body takes an empty one, or an object without fields.</summary>
    private static async ValueTask<Problem?> OfUnwantedBodyAsync(HttpContext http)
    {
        using var body = await JsonBody.ReadAsync(http.Request, BodyNeed.Optional, http.RequestAborted);
        if (body.Problem is not null || body.IsAbsent)
            return body.Problem;
        var errors = new RequestErrors();
        _ = new JsonFields(body.Root, "$", FrozenSet<string>.Empty, errors);
        return errors.Problem;
    }

    private sealed class Ruled;
}
