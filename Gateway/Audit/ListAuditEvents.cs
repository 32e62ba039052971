using System.Collections.Immutable;
using JobTracker.Audit;
using JobTracker.Callers;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.Lists;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests;

namespace JobTracker.Gateway.Audit;

/// <summary>Lists audit events.</summary>
internal static class ListAuditEvents
{
    private const string Path = "/v1/audit-events";

    public static Task<IResult> List(HttpContext http, GrainCalls calls, BytesInFlight bytes) => http.AnswerAsync(
        errors => AuditListParameters.Read(new QueryFields(http.Request.Query, errors)),
        async query => Refusal(http.Caller(), query) is { } problem
            ? problem
            : await bytes.SendAsync(
                http,
                () => calls.Audit.ReadAsync(audit => audit.ListAsync(http.Caller(), query)),
                page => page.Bytes,
                page => Show(http, page, query)));

    internal static ProblemResult? Refusal(Caller caller, AuditQuery query) => query.IsUnattributed && !caller.IsAdmin
        ? new ProblemResult(ProblemMap.OtherOrganization)
        : ListScope.Refusal(caller, query.OrganizationId);

    private static JsonResult<ImmutableArray<AuditEventView>> Show(HttpContext http, AuditPage page, AuditQuery query)
    {
        if (new PageLinks(http.Request.PathBase + Path, http.Request.Query).Around(
            page.Events, said => said.Id, page.HasNext, page.HasPrevious, query.After, query.Before) is { } links)
            http.Response.Headers.Link = links;
        return new(ImmutableArray.CreateRange(page.Events, AuditEventView.Of), GatewayJson.Wire.ImmutableArrayAuditEventView);
    }
}
