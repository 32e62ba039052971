using JobTracker.Audit;
using JobTracker.Gateway.Audit;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Problems;
using JobTracker.Organizations;

namespace JobTracker.Gateway.Organizations;

/// <summary>Makes and changes organizations, for the API and for the pages.</summary>
internal static class OrganizationChanges
{
    public static Task<OrganizationAnswer> CreateAsync(
        string id, string? name, OrganizationLimits limits, HttpContext http, GrainCalls calls, AuditTrail audit) =>
        AuditedAsync(http, audit, AuditActions.OrganizationCreate, id, async () =>
            await calls.Organizations.SendAsync(directory => directory.CreateAsync(id, name, limits)) switch
            {
                OrganizationOutcome.Accepted =>
                    OrganizationAnswer.Changed((await calls.Organization(id).ReadAsync(made => made.GetAsync()))!),
                OrganizationOutcome.Exists => OrganizationAnswer.Refused(ProblemMap.OrganizationExists),
                _ => OrganizationAnswer.Refused(ProblemMap.TooManyOrganizations),
            });

    public static Task<OrganizationAnswer> UpdateAsync(
        string id, UpdateOrganization command, HttpContext http, GrainCalls calls, AuditTrail audit) => !OrganizationId.IsTokens(id)
        ? Task.FromResult(OrganizationAnswer.Refused(ProblemMap.OrganizationNotFound))
        : AuditedAsync(http, audit, AuditActions.OrganizationUpdate, id, async () =>
            await calls.Organization(id).SendAsync(grain => grain.UpdateAsync(command)) is { } organization
                ? OrganizationAnswer.Changed(organization)
                : OrganizationAnswer.Refused(ProblemMap.OrganizationNotFound));

    private static async Task<OrganizationAnswer> AuditedAsync(
        HttpContext http, AuditTrail audit, string action, string id, Func<Task<OrganizationAnswer>> change)
    {
        OrganizationAnswer? answer = null;
        await audit.DoAsync(http, action, id, async () => (answer = await change()).End);
        return answer!;
    }
}
