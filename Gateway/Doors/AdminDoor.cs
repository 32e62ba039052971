using JobTracker.Audit;
using JobTracker.Gateway.Audit;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Keys;
using JobTracker.Gateway.Lists;
using JobTracker.Gateway.Organizations;
using JobTracker.Gateway.Problems;
using JobTracker.Keys;
using JobTracker.Organizations;
using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;

namespace JobTracker.Gateway.Doors;

/// <summary>Organizations, keys and the audit trail for the pages.</summary>
internal sealed class AdminDoor(GrainCalls calls, AuditTrail audit, TimeProvider clock) : IAdminDoor
{
    public Task<OrganizationList> ListOrganizationsAsync(PageCaller who, string? after, int limit) => DoorCalls.ReadAsync(
        who,
        Scopes.Admin,
        async () =>
        {
            var (organizations, next) = await ManageOrganizations.PageAsync(after, limit, calls);
            return new OrganizationList(organizations, next);
        });

    public Task<OrganizationSnapshot?> GetOrganizationAsync(PageCaller who, string id) => DoorCalls.ReadAsync(
        who, Scopes.Admin, () => ManageOrganizations.FindAsync(id, calls));

    public async Task<Done<OrganizationSnapshot>> CreateOrganizationAsync(HttpContext http, string id, string? name)
    {
        var errors = new RequestErrors();
        var asked = CreateOrganizationBody.Read(AdminForms.BodyOf(id, name), errors);
        return errors.Problem is { } problem
            ? new(null, AdminForms.FaultOf(problem))
            : DoneWith(await DoorCalls.SendAsync(
                http, Scopes.Admin, () => OrganizationChanges.CreateAsync(asked.Id, asked.Name, asked.Limits, http, calls, audit)));
    }

    public async Task<Done<OrganizationSnapshot>> UpdateOrganizationAsync(HttpContext http, string id, OrganizationForm form)
    {
        var errors = new RequestErrors();
        var command = UpdateOrganizationBody.Read(AdminForms.BodyOf(form), errors);
        return errors.Problem is { } problem
            ? new(null, AdminForms.FaultOf(problem))
            : DoneWith(await DoorCalls.SendAsync(
                http, Scopes.Admin, () => OrganizationChanges.UpdateAsync(id, command, http, calls, audit)));
    }

    public Task<KeyList> ListKeysAsync(PageCaller who, string? organization, KeyId? after, int limit) => DoorCalls.ReadAsync(
        who,
        Scopes.KeysManage,
        async () =>
        {
            Admit(ListScope.Refusal(who.Caller, organization));
            var (keys, next) = await ReadKeys.PageAsync(organization ?? who.Organization, after, limit, who.Caller, calls);
            return new KeyList(keys, next);
        });

    public Task<ApiKeySnapshot?> GetKeyAsync(PageCaller who, KeyId id) => DoorCalls.ReadAsync(
        who, Scopes.KeysManage, () => calls.Key(id).ReadAsync(key => key.GetAsync(who.Caller)));

    public async Task<Done<NewKey>> CreateKeyAsync(HttpContext http, KeyForm form)
    {
        var (errors, now) = (new RequestErrors(), clock.GetUtcNow());
        var command = CreateKeyBody.Read(AdminForms.BodyOf(form, now), http.SignedIn(), now, errors);
        return errors.Problem is { } problem
            ? new(null, AdminForms.FaultOf(problem))
            : WithSecret(await DoorCalls.SendAsync(
                http, Scopes.KeysManage, () => KeyChanges.CreateAsync(command, http, calls, audit)));
    }

    public async Task<Done<NewKey>> RotateKeyAsync(HttpContext http, KeyId id, TimeSpan overlap) => WithSecret(
        await DoorCalls.SendAsync(http, Scopes.KeysManage, () => KeyChanges.RotateAsync(id, overlap, http, calls, audit)));

    public async Task<Done<ApiKeySnapshot>> RevokeKeyAsync(HttpContext http, KeyId id) =>
        await DoorCalls.SendAsync(http, Scopes.KeysManage, () => KeyChanges.RevokeAsync(id, http, calls, audit)) is var answer
        && answer.Problem is { } problem
            ? new(null, AdminForms.FaultOf(problem))
            : new(answer.Key, null);

    public Task<AuditPage> ListEventsAsync(PageCaller who, AuditQuery query) => DoorCalls.ReadAsync(
        who,
        Scopes.AuditRead,
        () =>
        {
            Admit(ListAuditEvents.Refusal(who.Caller, query));
            return calls.Audit.ReadAsync(events => events.ListAsync(who.Caller, query));
        });

    private static Done<OrganizationSnapshot> DoneWith(OrganizationAnswer answer) =>
        new(answer.Organization, answer.Problem is { } problem ? AdminForms.FaultOf(problem) : null);

    private static Done<NewKey> WithSecret(KeyAnswer answer) => answer is { Key: { } key, Secret: { } secret }
        ? new(new NewKey(key, secret.Text), null)
        : new(null, AdminForms.FaultOf(answer.Problem!));

    private static void Admit(ProblemResult? refusal)
    {
        if (refusal is not null)
            throw new PageFaultException(DoorCalls.FaultOf(refusal.Problem));
    }
}
