using JobTracker.Gateway.OpenApi;
using JobTracker.Keys;

namespace JobTracker.Gateway.Audit;

/// <summary>The endpoint of <c>/v1/audit-events</c>.</summary>
internal static class AuditApi
{
    public static void MapAudit(this IEndpointRouteBuilder app) => app.MapGroup("/v1/audit-events").WithTags("Audit")
        .RequireAuthorization(Scopes.AuditRead)
        .MapGet("/", ListAuditEvents.List)
        .Describes("list_audit_events", "A page of who did what, in the order in which it was begun")
        .Query(AuditListParameters.All).Produces<AuditEventView[]>()
        .Sends(200, "Link", "The pages after and before this one (RFC 8288): rel next and prev.", mayMiss: true).Fails(429);
}
