using System.Security.Claims;
using JobTracker.Gateway.Auth;
using JobTracker.Pages.Callers;

namespace JobTracker.Gateway.Doors;

/// <summary>Whoever signed in, in any way of this gateway, as the pages know him.</summary>
internal sealed class PageCallers : IPageCallers
{
    public PageCaller? Of(ClaimsPrincipal user) => user.Identity is CallerIdentity identity
        ? new PageCaller(identity.Caller, identity.Scopes, identity.Stands)
        : null;
}
