using System.Globalization;
using System.Security.Claims;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Auth.Browsers;
using JobTracker.Gateway.Sessions.Oidc;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Sessions;

/// <summary>
/// What the encrypted cookie of a session holds, and whom that lets in now: the key itself, which is checked at every request, or what the
/// identity provider said when he signed in.
/// </summary>
internal sealed class SessionTicket(KeyChecks keys, TokenCallers callers, IOptions<OidcOptions> oidc, TimeProvider clock)
{
    private const string Key = "key";
    private const string Authority = "authority";
    private const string ExpiresAt = "expires_at";

    /// <summary>How long a session lasts in which nothing is asked for; one by the provider lasts so long in all.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromHours(12);

    public static ClaimsPrincipal OfKey(string key) => Ticket(new Claim(Key, key));

    public ClaimsPrincipal OfProvider(TokenClaims said) => Ticket([
        new Claim(Authority, oidc.Value.Authority!),
        new Claim(CallerClaims.Organization, said.Organization),
        new Claim(CallerClaims.User, said.User),
        new Claim(ExpiresAt, (clock.GetUtcNow() + Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        .. said.Scopes.Select(scope => new Claim(CallerClaims.Scope, scope)),
    ]);

    /// <summary>Who he is as of now. Null: he is let in no more.</summary>
    /// <exception cref="Problems.SignInUnavailableException">It cannot be found out now.</exception>
    public ValueTask<CallerIdentity?> ReadAsync(ClaimsPrincipal ticket) =>
        ticket.FindFirstValue(Key) is { } key ? keys.OfAsync(key) : ReadProvidersAsync(ticket);

    /// <summary>A provider that is configured no more, or another one, said nothing.</summary>
    private async ValueTask<CallerIdentity?> ReadProvidersAsync(ClaimsPrincipal ticket)
    {
        if (!oidc.Value.IsSet || ticket.FindFirstValue(Authority) != oidc.Value.Authority
            || ticket.FindFirstValue(CallerClaims.Organization) is not { } organization
            || ticket.FindFirstValue(CallerClaims.User) is not { } user
            || !long.TryParse(ticket.FindFirstValue(ExpiresAt), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return null;
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds(seconds);
        if (clock.GetUtcNow() >= expiresAt)
            return null;
        string[] scopes = [.. ticket.FindAll(CallerClaims.Scope).Select(claim => claim.Value)];
        return await callers.AdmitAsync(OidcSignIn.SchemeName, new TokenClaims(organization, user, scopes), expiresAt);
    }

    private static ClaimsPrincipal Ticket(params Claim[] claims) => new(new ClaimsIdentity(claims, PagePaths.Session));
}
