using System.Security.Claims;
using JobTracker.Gateway.Auth.Browsers;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace JobTracker.Gateway.Sessions;

/// <summary>
/// Puts in the place of what a cookie holds whoever it lets in now; no page sees the key. A session whose key is refused is over. Where
/// that cannot be found out the request fails, and the session stays.
/// </summary>
internal sealed class SessionCheck(SessionTicket tickets) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (await tickets.ReadAsync(context.Principal!) is { } identity)
        {
            context.ReplacePrincipal(new ClaimsPrincipal(identity));
            return;
        }

        context.RejectPrincipal();
        PageChallenge.NoteEnded(context.HttpContext);
        await context.HttpContext.SignOutAsync(PagePaths.Session);
    }
}
