using System.Security.Claims;
using JobTracker.Callers;
using JobTracker.Keys;

namespace JobTracker.Gateway.Auth;

/// <summary>A caller as claims: what every way of signing in must give.</summary>
internal static class CallerClaims
{
    public const string Organization = "organization_id";
    public const string User = "user_id";
    public const string Scope = "scope";

    /// <summary>The id of the API key that was used; there is none without one.</summary>
    public const string Key = "key_id";

    public static ClaimsPrincipal Principal(string scheme, string organization, string user, params string[] scopes) =>
        new(new CallerIdentity(scheme, CallerIdentity.CallerOf(organization, user, scopes), scopes));

    /// <summary>Who is calling. Only behind authorization.</summary>
    public static Caller Caller(this HttpContext http) => http.User.Identity is CallerIdentity identity
        ? identity.Caller
        : new(Required(http.User, Organization), Required(http.User, User), http.User.HasClaim(Scope, Scopes.Admin));

    /// <summary>Who signed in, and with what. Only behind authorization.</summary>
    public static CallerIdentity SignedIn(this HttpContext http) =>
        http.User.Identity as CallerIdentity ?? throw new InvalidOperationException("A caller who signed in in no way of ours.");

    private static string Required(ClaimsPrincipal user, string claim) =>
        user.FindFirstValue(claim) ?? throw new InvalidOperationException($"A signed-in caller without {claim}.");
}
