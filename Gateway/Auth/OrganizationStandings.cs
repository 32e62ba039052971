using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Problems;
using JobTracker.Organizations;

namespace JobTracker.Gateway.Auth;

/// <summary>
/// Whether an organization that a token names is let in. One that nobody made is made, with the limits that are configured.
/// </summary>
internal sealed class OrganizationStandings(GrainCalls calls, TimeProvider clock)
{
    private const int Most = 10_000;

    private readonly CheckedCredentials<string, OrganizationLimits> _checked = new(Most, clock);

    /// <summary>Null: it is suspended, or there are too many to make another.</summary>
    public ValueTask<OrganizationLimits?> OfAsync(string organization) => _checked.OfAsync(
        organization, id => SignInUnavailableException.UnlessAnsweredAsync(() => AskAsync(id)));

    private async Task<OrganizationLimits?> AskAsync(string id)
    {
        var organization = calls.Organization(id);
        if (await organization.ReadAsync(grain => grain.GetStandingAsync()) is { } limits)
            return limits;
        if (await organization.ReadAsync(grain => grain.GetAsync()) is not null)
            return null;
        var made = await calls.Organizations.SendSafelyAsync(
            directory => directory.CreateAsync(id, name: null, OrganizationLimits.Configured));
        return made is OrganizationOutcome.TooMany ? null : await organization.ReadAsync(grain => grain.GetStandingAsync());
    }
}
