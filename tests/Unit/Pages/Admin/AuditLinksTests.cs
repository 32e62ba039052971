using JobTracker.Audit;
using JobTracker.Callers;
using JobTracker.Keys;
using JobTracker.Operations;
using JobTracker.Pages.Admin.Audit;
using JobTracker.Pages.Callers;

namespace JobTracker.Tests.Unit.Pages.Admin;

public sealed class AuditLinksTests
{
    private const string Key = "key-0123456789";
    private static readonly string Operation = OperationId.New(TimeProvider.System).ToString();

    [Fact]
    public void A_key_is_linked_for_who_manages_its_organizations_keys()
    {
        Assert.Equal($"/ui/admin/keys/{Key}", AuditLinks.OfSubject(Of(AuditActions.KeyCreate, Key), Who(Scopes.KeysManage)));
        Assert.Null(AuditLinks.OfSubject(Of(AuditActions.KeyCreate, Key), Who(Scopes.AuditRead)));
        Assert.Null(AuditLinks.OfSubject(Of(AuditActions.KeyCreate, Key) with { OrganizationId = "other" }, Who(Scopes.KeysManage)));
        Assert.NotNull(AuditLinks.OfSubject(Of(AuditActions.KeyCreate, Key) with { OrganizationId = "other" }, Who(Scopes.Admin)));
    }

    [Fact]
    public void An_operation_is_linked_within_its_organization_alone()
    {
        Assert.Equal($"/ui/operations/{Operation}", AuditLinks.OfSubject(Of(AuditActions.OperationStart, Operation), Who(Scopes.JobsRead)));
        Assert.Null(AuditLinks.OfSubject(Of(AuditActions.OperationStart, Operation), Who(Scopes.AuditRead)));
        Assert.Null(AuditLinks.OfSubject(Of(AuditActions.OperationStart, Operation) with { OrganizationId = "other" }, Who(Scopes.Admin)));
    }

    [Fact]
    public void An_organization_is_linked_for_admins()
    {
        Assert.Equal("/ui/admin/organizations/a%7Bb", AuditLinks.OfSubject(Of(AuditActions.OrganizationUpdate, "a{b"), Who(Scopes.Admin)));
        Assert.Equal("/ui/admin/organizations/own", AuditLinks.OfSubject(Of(AuditActions.CallbackSecretRotate, null), Who(Scopes.Admin)));
        Assert.Null(AuditLinks.OfSubject(Of(AuditActions.OrganizationUpdate, "acme"), Who(Scopes.AuditRead)));
    }

    [Fact]
    public void A_key_that_was_only_tried_is_a_link_where_it_is_ones_own() =>
        Assert.Null(AuditLinks.OfKey("<script>", "own", Who(Scopes.Admin)));

    private static AuditEntry Of(string action, string? subject) => new() { OrganizationId = "own", Action = action, Subject = subject };

    private static PageCaller Who(params string[] scopes) =>
        new(new Caller("own", "somebody", scopes.Contains(Scopes.Admin)), [.. scopes]);
}
