using JobTracker.Audit;
using JobTracker.Keys;
using JobTracker.Operations;
using JobTracker.Pages.Callers;

namespace JobTracker.Pages.Admin.Audit;

/// <summary>Where what an event is about can be seen, for who may see it.</summary>
internal static class AuditLinks
{
    /// <summary>Null: nowhere, or not by him.</summary>
    public static string? OfSubject(AuditEntry entry, PageCaller who) => entry switch
    {
        { Subject: { } text } when KeyId.TryParse(text, out _) => OfKey(text, entry.OrganizationId, who),
        { Subject: { } text } when OperationId.TryParse(text, out _) =>
            entry.OrganizationId == who.Organization && who.May(Scopes.JobsRead) ? $"/ui/operations/{Uri.EscapeDataString(text)}" : null,
        { Action: AuditActions.OrganizationCreate or AuditActions.OrganizationUpdate, Subject: { } text } => OfOrganization(text, who),
        { Subject: null, OrganizationId: { } organization } => OfOrganization(organization, who),
        _ => null,
    };

    /// <summary>Null: not a key that he may see.</summary>
    public static string? OfKey(string? id, string? organization, PageCaller who)
    {
        var isHis = organization == who.Organization || who.Caller.IsAdmin;
        return isHis && who.May(Scopes.KeysManage) && KeyId.TryParse(id, out var key) ? $"/ui/admin/keys/{key}" : null;
    }

    private static string? OfOrganization(string id, PageCaller who) =>
        who.May(Scopes.Admin) ? $"/ui/admin/organizations/{Uri.EscapeDataString(id)}" : null;
}
