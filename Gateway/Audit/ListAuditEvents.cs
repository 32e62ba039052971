using System.Collections.Immutable;
using JobTracker.Audit;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.Lists;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests;

namespace JobTracker.Gateway.Audit;

/// <summary>Lists audit events.</summary>
internal static class ListAuditEvents
{
    private const string Path = "/v1/audit-events";

    public static async Task<IResult> List(HttpContext http, IGrainFactory grains, BytesInFlight bytes)
    {
        var errors = new RequestErrors();
        var caller = http.Caller();
        var query = AuditListParameters.Read(new QueryFields(http.Request.Query, errors));
        if (ListScope.Refusal(caller, query.OrganizationId, errors) is { } problem)
            return problem;
        if (query.IsUnattributed && !caller.IsAdmin)
            return new ProblemResult(ProblemMap.OtherOrganization);
        if (await bytes.ReserveAsync(http) is not { } reservation)
            return new ProblemResult(ProblemMap.TooManyBytesInFlight);
        var page = await grains.GetGrain<IAuditGrain>(0).ListAsync(caller, query);
        reservation.Narrow(page.Bytes);
        if (Links(http, page, query) is { } links)
            http.Response.Headers.Link = links;
        return new JsonResult<ImmutableArray<AuditEventView>>(
            ImmutableArray.CreateRange(page.Events, AuditEventView.Of), GatewayJson.Wire.ImmutableArrayAuditEventView);
    }

    private static string? Links(HttpContext http, AuditPage page, AuditQuery query) => page.Events.IsEmpty
        ? null
        : new PageLinks(http.Request.PathBase + Path, http.Request.Query).Around(
            page.Events[0].Id.ToString(), page.Events[^1].Id.ToString(), page.HasNext, page.HasPrevious, query.After?.ToString(),
            query.Before?.ToString());
}
