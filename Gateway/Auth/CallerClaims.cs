using System.Security.Claims;
using JobTracker.Callers;

namespace JobTracker.Gateway.Auth;

/// <summary>A caller as claims: what every way of signing in must give, and what the endpoints read.</summary>
internal static class CallerClaims
{
    public const string Organization = "organization_id";
    public const string User = "user_id";
    public const string Scope = "scope";

    /// <summary>The id of the API key that was used; there is none without one.</summary>
    public const string Key = "key_id";

    public static ClaimsPrincipal Principal(string scheme, string organization, string user, params ReadOnlySpan<string> scopes)
    {
        var identity = new ClaimsIdentity(scheme, User, Scope);
        identity.AddClaim(new Claim(Organization, organization));
        identity.AddClaim(new Claim(User, user));
        foreach (var scope in scopes)
            identity.AddClaim(new Claim(Scope, scope));
        return new ClaimsPrincipal(identity);
    }

    /// <summary>Who is calling. Only behind authorization.</summary>
    public static Caller Caller(this HttpContext http) => new(
        Required(http.User, Organization),
        Required(http.User, User),
        http.User.HasClaim(Scope, Scopes.Admin));

    private static string Required(ClaimsPrincipal user, string claim) =>
        user.FindFirstValue(claim) ?? throw new InvalidOperationException($"A signed-in caller without {claim}.");
}
