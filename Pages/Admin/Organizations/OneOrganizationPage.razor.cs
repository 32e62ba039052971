using System.Collections.Immutable;
using JobTracker.Keys;
using JobTracker.Organizations;
using JobTracker.Pages.Doors;
using JobTracker.Pages.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace JobTracker.Pages.Admin.Organizations;

/// <summary>One organization: its facts, and forms for its name, its limits, and whether it is let in.</summary>
public sealed partial class OneOrganizationPage
{
    private OrganizationSnapshot? _organization;
    private string? _typedName;
    private ImmutableDictionary<string, string>? _typed;

    [Parameter]
    public string Id { get; set; } = "";

    protected override IEnumerable<string> Needs => [Scopes.Admin];

    protected override async Task ReadAsync()
    {
        _organization = await Door.GetOrganizationAsync(Who, Id);
        if (_organization is null)
            Http.AnswerWith(StatusCodes.Status404NotFound);
    }

    private Task ChangeAsync()
    {
        var form = Http.Request.Form;
        (_typedName, _typed) = (form["name"].ToString().Trim(), OrganizationText.Read(form));
        // A name that is not there stays so.
        var name = _typedName == (_organization?.Name ?? "") ? null : _typedName;
        return SendAsync(new OrganizationForm(name, Limits: _typed));
    }

    private Task ResumeAsync() => SendAsync(new OrganizationForm(IsSuspended: false));

    private Task SuspendAsync()
    {
        if (_organization is not null && Confirmation.Is(Http.Request.Form["confirm"], _organization.Id))
            return SendAsync(new OrganizationForm(IsSuspended: true));
        Refuse("The organization is not suspended: what was typed is not its id.");
        return Task.CompletedTask;
    }

    private async Task SendAsync(OrganizationForm form)
    {
        if (_organization is { } organization
            && await DoAsync(() => Door.UpdateOrganizationAsync(Http, organization.Id, form)) is not null)
            Navigation.NavigateTo($"/ui/admin/organizations/{Uri.EscapeDataString(organization.Id)}");
    }
}
