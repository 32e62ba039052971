using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Auth.Browsers;
using JobTracker.Gateway.Auth.Refusals;
using JobTracker.Gateway.Problems;
using JobTracker.Pages.Shell;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Sessions;

/// <summary>The forms by which a session begins and ends. A key that is sent here is in no address, and in no page.</summary>
internal sealed class SessionForms(IOptions<AuthOptions> auth, IAntiforgery forgery, KeyChecks keys, CountedRefusals refusals)
{
    /// <summary>Which field has the key.</summary>
    private const string Key = "key";

    private const string Return = "return";

    /// <summary>A browser that keeps no cookies, or a form that was open since the gateways' keys changed.</summary>
    private const string Again = "again";

    private static Problem Forged { get; } = new(
        ProblemKind.CrossSiteRequest, "The form was not one that this page gave to this browser. Nothing was changed. Load the page again.");

    public async Task<IResult> SignInAsync(HttpContext http)
    {
        if (auth.Value.Mode == AuthOptions.None)
            return new SeeOther(LocalPath.Home);
        if (!await IsOursAsync(http))
            return new SeeOther(ReturnPath.ToLogin(path: null, Again));
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        string? back = form[Return];
        var key = form[Key].ToString().Trim();
        if (await ProblemAsync(http, key) is { } problem)
            return new SeeOther(ReturnPath.ToLogin(back, problem));
        await http.SignInAsync(PagePaths.Session, SessionTicket.OfKey(key));
        return new SeeOther(ReturnPath.Of(back));
    }

    public async Task<IResult> SignOutAsync(HttpContext http)
    {
        if (auth.Value.Mode == AuthOptions.None)
            return new SeeOther(LocalPath.Home);
        if (http.User.Identity is not { IsAuthenticated: true })
            return new SeeOther(PagePaths.Login);
        if (!await IsOursAsync(http))
            return new ProblemResult(Forged);
        await http.SignOutAsync(PagePaths.Session);
        return new SeeOther(PagePaths.Login);
    }

    /// <summary>Why the key lets nobody in, in a word that the form knows; null: it does.</summary>
    private async Task<string?> ProblemAsync(HttpContext http, string key)
    {
        try
        {
            if (await keys.OfAsync(key) is not null)
                return null;
        }
        catch (SignInUnavailableException)
        {
            return "unavailable";
        }

        return refusals.Count(http, key) ? "refused" : "spent";
    }

    private async Task<bool> IsOursAsync(HttpContext http)
    {
        try
        {
            return await forgery.IsRequestValidAsync(http);
        }
        catch (AntiforgeryValidationException)
        {
            // It could not be read at all.
            return false;
        }
    }
}
