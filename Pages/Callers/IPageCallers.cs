using System.Security.Claims;

namespace JobTracker.Pages.Callers;

/// <summary>Reads who is signed in: the gateway knows how.</summary>
public interface IPageCallers
{
    /// <summary>Null: nobody is.</summary>
    PageCaller? CallerOf(ClaimsPrincipal user);
}
