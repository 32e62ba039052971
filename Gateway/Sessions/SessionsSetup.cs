using JobTracker.Gateway.Auth.Browsers;
using JobTracker.Gateway.DataProtection;
using JobTracker.Gateway.Requests.Bodies;
using JobTracker.Gateway.Sessions.Oidc;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace JobTracker.Gateway.Sessions;

/// <summary>Who is signed in at the pages, and how that begins and ends.</summary>
internal static class SessionsSetup
{
    /// <summary>A key, a path and the token of the form.</summary>
    private const int MostFormBytes = 16_384;

    /// <summary>After authentication and the pages.</summary>
    public static void AddPageSessions(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddHttpContextAccessor();
        services.AddSingleton<SessionTicket>();
        services.AddSingleton<SessionCheck>();
        services.AddSingleton<SessionForms>();
        services.AddSingleton<ISessionFacts, SessionFacts>();
        services.AddProviderSignIn();
        new AuthenticationBuilder(services).AddCookie(PagePaths.Session, UseCookie);
        services.AddAntiforgery(forgery => forgery.SuppressXFrameOptionsHeader = true);
        services.AddOptions<AntiforgeryOptions>()
            .Configure<IHttpContextAccessor>((forgery, requests) => forgery.Cookie = new ForgeryCookie(requests));
        builder.AddSharedDataProtection();
    }

    public static void MapSessions(this IEndpointRouteBuilder endpoints)
    {
        // Before the pages, of which one has the same path as a form's address.
        var all = endpoints.MapGroup("").WithOrder(-1).AllowAnonymous().ExcludeFromDescription();
        var forms = all.MapGroup("").WithMetadata(new BodyLimit(MostFormBytes));
        forms.MapPost(PagePaths.Login, (HttpContext http, SessionForms form) => form.SignInAsync(http));
        forms.MapPost("/ui/logout", (HttpContext http, SessionForms form) => form.SignOutAsync(http));
        all.MapGet($"{PagePaths.Login}/oidc", OidcStart.RedirectAsync);
    }

    private static void UseCookie(CookieAuthenticationOptions session)
    {
        session.Cookie.HttpOnly = true;
        session.Cookie.IsEssential = true;
        // Who comes from a link elsewhere is signed in.
        session.Cookie.SameSite = SameSiteMode.Lax;
        session.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        session.Cookie.Path = "/";
        session.CookieManager = new SessionCookies();
        session.ExpireTimeSpan = SessionTicket.Lifetime;
        session.SlidingExpiration = true;
        session.EventsType = typeof(SessionCheck);
    }
}
