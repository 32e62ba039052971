using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Auth.Browsers;
using JobTracker.Gateway.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace JobTracker.Gateway.Sessions.Oidc;

/// <summary>
/// Signing in at the provider that <c>Auth:Oidc</c> names: by a code that is good once, and for this browser alone (OpenID Connect
/// Core 3.1, RFC 7636). Nothing of what the provider gave is kept but whom it named.
/// </summary>
internal sealed class OidcSignIn(
    IOptions<OidcOptions> options, ProviderClaims claims, TokenCallers callers, SessionTicket tickets, TimeProvider clock,
    ILogger<OidcSignIn> log) : IConfigureNamedOptions<OpenIdConnectOptions>
{
    public const string SchemeName = "oidc";

    private const string Callback = $"{PagePaths.Login}/callback";
    private const string Return = "return";

    public void Configure(OpenIdConnectOptions options) => Configure(SchemeName, options);

    public void Configure(string? name, OpenIdConnectOptions options)
    {
        if (name == SchemeName)
            Use(options);
    }

    private void Use(OpenIdConnectOptions oidc)
    {
        var provider = options.Value;
        (oidc.Authority, oidc.ClientId, oidc.ClientSecret) = (provider.Authority, provider.ClientId, provider.ClientSecret);
        oidc.RequireHttpsMetadata = provider.Authority!.StartsWith("https", StringComparison.OrdinalIgnoreCase);
        oidc.BackchannelTimeout = TokenCallers.Patience;
        oidc.ResponseType = OpenIdConnectResponseType.Code;
        oidc.ResponseMode = OpenIdConnectResponseMode.Query;
        oidc.UsePkce = true;
        oidc.Scope.Clear();
        foreach (var scope in provider.Scopes.Count == 0 ? ["profile"] : provider.Scopes)
            oidc.Scope.Add(scope);
        oidc.Scope.Add("openid");
        oidc.CallbackPath = Callback;
        // The provider ends no session here: it would do so for whoever leads a browser to the path.
        (oidc.RemoteSignOutPath, oidc.SignedOutCallbackPath) = (default, default);
        oidc.SignInScheme = PagePaths.Session;
        oidc.MapInboundClaims = false;
        oidc.GetClaimsFromUserInfoEndpoint = false;
        oidc.SaveTokens = false;
        oidc.DisableTelemetry = true;
        oidc.TimeProvider = clock;
        oidc.TokenValidationParameters.ValidAlgorithms = TokenCallers.Algorithms;
        oidc.TokenValidationParameters.ClockSkew = TokenCallers.Skew;
        Keep(oidc.CorrelationCookie, "jobtracker-oidc-");
        Keep(oidc.NonceCookie, "jobtracker-oidc-nonce-");
        oidc.Events = new OpenIdConnectEvents { OnTokenValidated = AdmitAsync, OnRemoteFailure = RefuseAsync };
    }

    /// <summary>Of the one attempt, for the address to which the provider leads back.</summary>
    private static void Keep(CookieBuilder cookie, string name)
    {
        cookie.Name = name;
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }

    private async Task AdmitAsync(TokenValidatedContext context)
    {
        try
        {
            if (await claims.ReadAsync(context) is { } said
                && await callers.AdmitAsync(SchemeName, said, clock.GetUtcNow() + SessionTicket.Lifetime) is not null)
                context.Principal = tickets.OfProvider(said);
            else
                Fail(context, new NobodyException());
        }
        catch (SignInUnavailableException fault)
        {
            Fail(context, fault);
        }
    }

    /// <summary>The library forgets where he comes from.</summary>
    private static void Fail(TokenValidatedContext context, Exception fault)
    {
        fault.Data[Return] = context.Properties?.RedirectUri;
        context.Fail(fault);
    }

    /// <summary>Whatever it was: the form says it in its own words, and the log by no text that the address brought.</summary>
    private Task RefuseAsync(RemoteFailureContext context)
    {
        context.HandleResponse();
        var fault = context.Failure;
        log.ProviderRefused(ErrorWord(fault) ?? fault?.GetType().Name ?? "unknown");
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = ReturnPath.ToLogin(
            context.Properties?.RedirectUri ?? fault?.Data[Return] as string,
            fault is SignInUnavailableException ? "unavailable" : OidcStart.Refused);
        return Task.CompletedTask;
    }

    /// <summary>The error's name by RFC 6749, 4.1.2.1, where it is one.</summary>
    private static string? ErrorWord(Exception? fault) =>
        fault?.Data["error"] is string { Length: > 0 and <= 40 } word
        && word.All(letter => char.IsAsciiLetterLower(letter) || letter == '_')
            ? word
            : null;

    /// <summary>What was said names no user of an organization that is let in.</summary>
    private sealed class NobodyException() : AuthenticationFailureException("The provider named no user of an organization that is let in.");
}
