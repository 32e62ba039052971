using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using JobTracker.Organizations;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Auth;

/// <summary>What a token of an OpenID provider says of its bearer.</summary>
internal sealed record TokenClaims(string Organization, string User, IReadOnlyCollection<string> Scopes);

/// <summary>Whom the claims of a provider's tokens let in, by the names that <c>Auth:Jwt</c> gives to them.</summary>
internal sealed class TokenCallers(IOptions<JwtOptions> options, OrganizationStandings organizations, TimeProvider clock)
{
    /// <summary>
    /// Signatures by a pair of keys: a provider's public key must never be taken for a shared secret, nor nothing for a signature.
    /// </summary>
    public static string[] Algorithms { get; } =
        ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    /// <summary>How far the provider's clock may be from ours.</summary>
    public static TimeSpan Skew { get; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the provider may take to answer.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Null: they name no user of an organization.</summary>
    /// <param name="sources">The claims of each token; of two that have one by a name, the first counts.</param>
    public TokenClaims? Read(params Claim[][] sources)
    {
        var jwt = options.Value;
        return IsSaid(Only(jwt.OrganizationClaim), Only(jwt.UserClaim), out var organization, out var user)
            ? new TokenClaims(organization, user, [.. Ours(Of(jwt.ScopeClaim).SelectMany(claim => claim.Value.Split(' ')))])
            : null;

        // A claim that names several names nobody.
        string? Only(string name) => Of(name) is [{ Value: var only }] ? only : null;

        Claim[] Of(string name) => sources
            .Select(claims => Array.FindAll(claims, claim => claim.Type == name)).FirstOrDefault(found => found.Length > 0) ?? [];
    }

    /// <summary>Null: the organization is not let in.</summary>
    /// <param name="scheme">How he signed in.</param>
    /// <param name="said">What a good token said, now or when he signed in.</param>
    /// <param name="expiresAt">Until when that is good.</param>
    public async ValueTask<CallerIdentity?> AdmitAsync(string scheme, TokenClaims said, DateTimeOffset expiresAt)
    {
        var organization = said.Organization;
        if (await organizations.OfAsync(organization) is not { } limits)
            return null;
        string[] scopes = [.. Ours(said.Scopes)];
        return new CallerIdentity(scheme, CallerIdentity.CallerOf(organization, said.User, scopes), scopes)
        {
            ExpiresAt = expiresAt,
            Limits = limits,
            Budget = $"{organization}\n{said.User}",
            Stands = async () => clock.GetUtcNow() < expiresAt + Skew && await organizations.OfAsync(organization) is not null,
        };
    }

    private static bool IsSaid(
        string? claimed, string? named, [NotNullWhen(true)] out string? organization, [NotNullWhen(true)] out string? user)
    {
        (organization, user) = (claimed, named);
        return OrganizationId.IsTokens(organization) && user is { Length: > 0 and <= 128 } && !user.Any(char.IsControl);
    }

    /// <summary>Those of ours; admin where it is allowed.</summary>
    private IEnumerable<string> Ours(IEnumerable<string> scopes)
    {
        var held = scopes.ToHashSet(StringComparer.Ordinal);
        return JobTracker.Keys.Scopes.All
            .Where(scope => held.Contains(scope) && (scope != JobTracker.Keys.Scopes.Admin || options.Value.AllowAdmin));
    }
}
