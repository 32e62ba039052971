using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Auth;

/// <summary>Auth:Mode keys: <c>Authorization: Bearer jtk_…</c> (RFC 6750, 2.1).</summary>
internal sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, KeyChecks keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "key";

    private const string Bearer = "Bearer ";

    private static readonly AuthenticateResult Refused = AuthenticateResult.Fail("The credentials are not valid.");

    /// <summary>The token behind <c>Bearer</c>, which may be written in any case (RFC 9110, 11.1); null: there is none.</summary>
    public static string? Token(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? header[Bearer.Length..].Trim()
            : null;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization.Count == 0)
            return AuthenticateResult.NoResult();
        if (Token(Request) is not { } token || await keys.OfAsync(token) is not { } identity)
            return Refused;
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }
}
