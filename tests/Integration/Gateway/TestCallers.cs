using System.Security.Claims;
using System.Text.Encodings.Web;
using JobTracker.Gateway.Auth;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JobTracker.Tests.Integration.Gateway;

/// <summary>Believes what the headers of a test say about its caller; without them nobody is signed in.</summary>
internal sealed class TestCallers(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "test";
    public const string Organization = "X-Test-Org";
    public const string User = "X-Test-User";
    public const string Scopes = "X-Test-Scopes";
    public const string Key = "X-Test-Key";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers[Organization].ToString() is not { Length: > 0 } organization)
            return Task.FromResult(AuthenticateResult.NoResult());
        var principal = CallerClaims.Principal(
            SchemeName, organization, Request.Headers[User].ToString(), Request.Headers[Scopes].ToString().Split(' '));
        if (Request.Headers[Key].ToString() is { Length: > 0 } key)
            ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(CallerClaims.Key, key));
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(principal, SchemeName)));
    }
}
