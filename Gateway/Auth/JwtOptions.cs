using System.ComponentModel.DataAnnotations;

namespace JobTracker.Gateway.Auth;

/// <summary>
/// Tokens of an OpenID Connect provider, beside API keys (section <c>Auth:Jwt</c>). Off unless <see cref="Authority"/> is set.
/// </summary>
public sealed class JwtOptions : IValidatableObject
{
    public const string Section = "Auth:Jwt";

    /// <summary>
    /// Whose tokens are good: the issuer, which publishes its keys below <c>/.well-known</c>. https, or http on loopback.
    /// </summary>
    public string? Authority { get; set; }

    /// <summary>For whom they must be made.</summary>
    public string? Audience { get; set; }

    /// <summary>The claim that holds the organization's id. A token without it is refused.</summary>
    [Required]
    public string OrganizationClaim { get; set; } = "org_id";

    /// <summary>The claim that holds the user's id.</summary>
    [Required]
    public string UserClaim { get; set; } = "sub";

    /// <summary>The claim that holds the scopes: words with spaces between, or an array.</summary>
    [Required]
    public string ScopeClaim { get; set; } = "scope";

    /// <summary>The <c>typ</c> of a good token (RFC 9068, 2.1); unset: <c>at+jwt</c> alone.</summary>
    public IList<string> Types { get; } = [];

    /// <summary>Whether a token may hold the scope admin; else it is passed over.</summary>
    public bool AllowAdmin { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrEmpty(Authority))
            yield break;
        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var uri)
            || !(uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)))
            yield return new ValidationResult("must be an https address, or an http one on loopback.", [nameof(Authority)]);
        if (string.IsNullOrEmpty(Audience))
            yield return new ValidationResult(
                "must be set with Auth:Jwt:Authority: else tokens made for others were let in.", [nameof(Audience)]);
    }
}
