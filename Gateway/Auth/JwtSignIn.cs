using System.Security.Claims;
using JobTracker.Gateway.Problems;
using JobTracker.Organizations;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace JobTracker.Gateway.Auth;

/// <summary>JWTs of the provider that <c>Auth:Jwt</c> names: what a good token is (RFC 8725, RFC 9068), and whom it lets in.</summary>
internal sealed class JwtSignIn(IOptions<JwtOptions> options, OrganizationStandings organizations, TimeProvider clock)
    : IConfigureNamedOptions<JwtBearerOptions>, IPostConfigureOptions<JwtBearerOptions>
{
    public const string SchemeName = "jwt";

    /// <summary>
    /// Signatures by a pair of keys: a provider's public key must never be taken for a shared secret, nor nothing for a signature.
    /// </summary>
    private static readonly string[] Algorithms =
        ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    /// <summary>How far the provider's clock may be from ours.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    /// <summary>How long the provider may take to answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>So soon a key is known that the provider publishes before it signs with it.</summary>
    private static readonly TimeSpan Reread = TimeSpan.FromMinutes(10);

    /// <summary>How often a token of an unknown key may make us ask for the keys anew.</summary>
    private static readonly TimeSpan RereadAtMost = TimeSpan.FromSeconds(30);

    private readonly CheckedCredentials<string, OpenIdConnectConfiguration> _provider = new(1, clock);

    public void Configure(JwtBearerOptions bearer) => Configure(SchemeName, bearer);

    public void Configure(string? name, JwtBearerOptions bearer)
    {
        var jwt = options.Value;
        if (name != SchemeName || string.IsNullOrEmpty(jwt.Authority))
            return;
        bearer.Authority = jwt.Authority;
        bearer.RequireHttpsMetadata = jwt.Authority.StartsWith("https", StringComparison.OrdinalIgnoreCase);
        bearer.BackchannelTimeout = Patience;
        bearer.AutomaticRefreshInterval = Reread;
        bearer.RefreshInterval = RereadAtMost;
        bearer.MapInboundClaims = false;
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudience = jwt.Audience,
            ValidAlgorithms = Algorithms,
            ValidTypes = jwt.Types.Count == 0 ? ["at+jwt"] : jwt.Types,
            ClockSkew = Skew,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
        };
        bearer.Events = new JwtBearerEvents { OnMessageReceived = KnowProviderAsync, OnTokenValidated = AdmitAsync };
    }

    /// <summary>A key that the provider withdrew is good no longer, where the library would take it for another hour.</summary>
    public void PostConfigure(string? name, JwtBearerOptions bearer)
    {
        if (name == SchemeName && bearer.ConfigurationManager is BaseConfigurationManager keys)
            keys.UseLastKnownGoodConfiguration = false;
    }

    /// <summary>While nobody knows the provider's keys no token is good or bad. Those who come meanwhile share one question.</summary>
    private async Task KnowProviderAsync(MessageReceivedContext context)
    {
        try
        {
            await _provider.OfAsync(
                SchemeName,
                async _ => await context.Options.ConfigurationManager!.GetConfigurationAsync(CancellationToken.None));
        }
        catch (Exception fault)
        {
            throw new SignInUnavailableException(fault);
        }
    }

    private async Task AdmitAsync(TokenValidatedContext context)
    {
        var jwt = options.Value;
        var principal = context.Principal!;
        var (organization, user) = (Only(principal, jwt.OrganizationClaim), Only(principal, jwt.UserClaim));
        if (!OrganizationId.IsTokens(organization) || user is not { Length: > 0 and <= 128 } || user.Any(char.IsControl)
            || await organizations.OfAsync(organization!) is not { } limits)
        {
            context.Fail("The token names no user of an organization that is let in.");
            return;
        }

        string[] scopes = [.. Scopes(principal, jwt)];
        var expiresAt = new DateTimeOffset(DateTime.SpecifyKind(context.SecurityToken.ValidTo, DateTimeKind.Utc));
        context.Principal = new ClaimsPrincipal(
            new CallerIdentity(SchemeName, CallerIdentity.CallerOf(organization!, user, scopes), scopes)
            {
                ExpiresAt = expiresAt,
                Limits = limits,
                Budget = $"{organization}\n{user}",
                Stands = async () => clock.GetUtcNow() < expiresAt + Skew && await organizations.OfAsync(organization!) is not null,
            });
    }

    /// <summary>A claim that names several names nobody.</summary>
    private static string? Only(ClaimsPrincipal principal, string claim) =>
        principal.FindAll(claim).Take(2).ToArray() is [{ Value: var only }] ? only : null;

    /// <summary>Those of ours; admin where it is allowed.</summary>
    private static IEnumerable<string> Scopes(ClaimsPrincipal principal, JwtOptions jwt)
    {
        var held = principal.FindAll(jwt.ScopeClaim).SelectMany(claim => claim.Value.Split(' ')).ToHashSet(StringComparer.Ordinal);
        return JobTracker.Keys.Scopes.All.Where(scope => held.Contains(scope) && (scope != JobTracker.Keys.Scopes.Admin || jwt.AllowAdmin));
    }
}
