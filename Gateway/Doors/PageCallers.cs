using System.Security.Claims;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Problems;
using JobTracker.Pages.Callers;

namespace JobTracker.Gateway.Doors;

/// <summary>Whoever signed in, in any way of this gateway, as the pages know him.</summary>
internal sealed class PageCallers : IPageCallers
{
    public PageCaller? CallerOf(ClaimsPrincipal user) => user.Identity is CallerIdentity identity
        ? new PageCaller(identity.Caller, identity.Scopes, identity.Stands is { } stands ? () => StandsAsync(stands) : null)
        : null;

    /// <summary>Where that cannot be found out he stays: nobody can revoke a key in a database that is away.</summary>
    private static async ValueTask<bool> StandsAsync(Func<ValueTask<bool>> stands)
    {
        try
        {
            return await stands();
        }
        catch (SignInUnavailableException)
        {
            return true;
        }
    }
}
