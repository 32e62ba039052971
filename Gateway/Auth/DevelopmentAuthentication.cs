using System.Net;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Auth;

/// <summary>
/// Auth:Mode none: every request is the development caller with every scope, and an <c>Authorization</c> header is ignored.
/// A request that did not come in on a loopback address is not signed in, whatever the start-up check saw.
/// </summary>
internal sealed class DevelopmentAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "development";

    private static readonly AuthenticateResult Everybody = AuthenticateResult.Success(new AuthenticationTicket(
        CallerClaims.Principal(
            SchemeName, "org-default", "user-default", Scopes.JobsRead, Scopes.JobsWrite, Scopes.AuditRead, Scopes.Admin),
        SchemeName));

    private static readonly AuthenticateResult Stranger = AuthenticateResult.Fail("Auth:Mode 'none' serves loopback addresses only.");

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Task.FromResult(Context.Connection.LocalIpAddress is not { } local || IPAddress.IsLoopback(local) ? Everybody : Stranger);
}
