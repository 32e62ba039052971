using System.Collections.Immutable;
using JobTracker.Callers;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Doors;
using JobTracker.Gateway.Keys;
using JobTracker.Gateway.Organizations;
using JobTracker.Gateway.Problems;
using JobTracker.Keys;
using JobTracker.Pages.Doors;

namespace JobTracker.Tests.Unit.Gateway.Doors;

/// <summary>That a form is held to the API's own rules, and that what is wrong with it is said in words for people.</summary>
public sealed class AdminFormsTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly KeyForm Form = new("worker", [Scopes.JobsRead], null, NeverEnds: false, null, null);

    [Fact]
    public void A_key_lives_as_long_as_was_chosen()
    {
        Assert.Equal(Now.AddDays(90), Read(Form).ExpiresAt);
        Assert.Equal(Now.AddDays(30), Read(Form with { Lives = TimeSpan.FromDays(30) }).ExpiresAt);
        Assert.Equal(Now.AddDays(365), Read(Form with { Lives = TimeSpan.FromDays(365) }).ExpiresAt);
        Assert.Null(Read(Form with { NeverEnds = true }).ExpiresAt);
    }

    [Fact]
    public void A_key_is_the_callers_unless_the_form_says_another()
    {
        Assert.Equal(("own", "somebody"), (Read(Form).OrganizationId, Read(Form).UserId));
        var other = Read(Form with { Organization = "acme", UserId = "bob" });
        Assert.Equal(("acme", "bob"), (other.OrganizationId, other.UserId));
    }

    [Fact]
    public void What_is_wrong_is_said_by_the_names_of_the_fields()
    {
        var problem = ProblemOf(Form with { Name = "", Scopes = [] })!;

        Assert.Equal(
            "name must have 1 to 128 characters, none of them a control character; scopes must name one scope at least.",
            AdminForms.FaultOf(problem).Detail);
        Assert.Equal(422, AdminForms.FaultOf(problem).Status);
    }

    [Fact]
    public void A_limit_that_is_no_number_is_refused_and_an_empty_one_is_as_configured()
    {
        var errors = new RequestErrors();
        var limits = ImmutableDictionary<string, string>.Empty.Add("burst", "50").Add("waits", "").Add("streams", "x");
        var command = UpdateOrganizationBody.Read(AdminForms.BodyOf(new OrganizationForm(Limits: limits)), errors);

        Assert.Equal(50, command.Limits!.Burst.Or(1));
        Assert.Null(command.Limits.Waits.Or(1));
        Assert.Equal(1, command.Limits.Lists.Or(1));
        Assert.Equal("streams must be a number.", AdminForms.FaultOf(errors.Problem!).Detail);
    }

    private static CreateKey Read(KeyForm form)
    {
        var errors = new RequestErrors();
        var command = CreateKeyBody.Read(AdminForms.BodyOf(form, Now), Admin, Now, errors);
        Assert.Null(errors.Problem);
        return command;
    }

    private static Problem? ProblemOf(KeyForm form)
    {
        var errors = new RequestErrors();
        CreateKeyBody.Read(AdminForms.BodyOf(form, Now), Admin, Now, errors);
        return errors.Problem;
    }

    private static CallerIdentity Admin => new("test", new Caller("own", "somebody", IsAdmin: true), [Scopes.Admin]);
}
