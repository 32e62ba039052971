using System.Security.Claims;
using JobTracker.Keys;
using JobTracker.Organizations;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace JobTracker.Gateway.Auth;

/// <summary>JWTs of the provider that <c>Auth:Jwt</c> names: what a good token is (RFC 8725, RFC 9068), and whom it lets in.</summary>
internal sealed class JwtSignIn(IOptions<JwtOptions> options, OrganizationStandings organizations, TimeProvider clock)
    : IConfigureNamedOptions<JwtBearerOptions>
{
    public const string SchemeName = "jwt";

    /// <summary>
    /// Signatures by a pair of keys: a provider's public key must never be taken for a shared secret, nor nothing for a signature.
    /// </summary>
    private static readonly string[] Algorithms =
        ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    public void Configure(JwtBearerOptions bearer) => Configure(SchemeName, bearer);

    public void Configure(string? name, JwtBearerOptions bearer)
    {
        var jwt = options.Value;
        if (name != SchemeName || string.IsNullOrEmpty(jwt.Authority))
            return;
        bearer.Authority = jwt.Authority;
        bearer.RequireHttpsMetadata = jwt.Authority.StartsWith("https", StringComparison.OrdinalIgnoreCase);
        bearer.MapInboundClaims = false;
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudience = jwt.Audience,
            ValidAlgorithms = Algorithms,
            ValidTypes = jwt.Types.Count == 0 ? ["at+jwt"] : jwt.Types,
            ClockSkew = TimeSpan.FromSeconds(60),
            RequireSignedTokens = true,
            RequireExpirationTime = true,
        };
        bearer.Events = new JwtBearerEvents { OnTokenValidated = AdmitAsync };
    }

    private async Task AdmitAsync(TokenValidatedContext context)
    {
        var jwt = options.Value;
        var principal = context.Principal!;
        var (organization, user) = (principal.FindFirstValue(jwt.OrganizationClaim), principal.FindFirstValue(jwt.UserClaim));
        if (!OrganizationId.IsTokens(organization) || user is not { Length: > 0 and <= 128 }
            || await organizations.OfAsync(organization!) is not { } limits)
        {
            context.Fail("The token names no user of an organization that is let in.");
            return;
        }

        string[] scopes = [.. Scopes(principal, jwt)];
        DateTimeOffset expiresAt = DateTime.SpecifyKind(context.SecurityToken.ValidTo, DateTimeKind.Utc);
        context.Principal = new ClaimsPrincipal(
            new CallerIdentity(SchemeName, CallerIdentity.CallerOf(organization!, user, scopes), scopes)
            {
                ExpiresAt = expiresAt,
                Limits = limits,
                Budget = $"{organization}\n{user}",
                Stands = async () => clock.GetUtcNow() < expiresAt && await organizations.OfAsync(organization!) is not null,
            });
    }

    /// <summary>Those of ours; admin where it is allowed.</summary>
    private static IEnumerable<string> Scopes(ClaimsPrincipal principal, JwtOptions jwt)
    {
        var held = principal.FindAll(jwt.ScopeClaim).SelectMany(claim => claim.Value.Split(' ')).ToHashSet(StringComparer.Ordinal);
        return JobTracker.Keys.Scopes.All.Where(scope => held.Contains(scope) && (scope != JobTracker.Keys.Scopes.Admin || jwt.AllowAdmin));
    }
}
