using System.ComponentModel.DataAnnotations;
using JobTracker.Gateway.Auth;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Sessions.Oidc;

/// <summary>
/// An OpenID Connect provider at which people sign in for the pages (section <c>Auth:Oidc</c>). Off unless <see cref="Authority"/> is set.
/// Which claims hold the organization, the user and the scopes stands in <c>Auth:Jwt</c>.
/// </summary>
internal sealed class OidcOptions : IValidatableObject
{
    public const string Section = "Auth:Oidc";

    /// <summary>The issuer, which publishes its addresses below <c>/.well-known</c>. https, or http on loopback.</summary>
    public string? Authority { get; set; }

    /// <summary>Under which name it knows this service.</summary>
    public string? ClientId { get; set; }

    /// <summary>What this service shows to it. Never printed.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>What is asked for beside <c>openid</c>; unset: <c>profile</c> alone.</summary>
    public IList<string> Scopes { get; } = [];

    public bool IsSet => !string.IsNullOrEmpty(Authority);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsSet)
        {
            foreach (var (value, name) in new[] { (ClientId, nameof(ClientId)), (ClientSecret, nameof(ClientSecret)) })
            {
                if (!string.IsNullOrEmpty(value))
                    yield return new ValidationResult("is set, and Auth:Oidc:Authority is not: it would have no effect.", [name]);
            }
            yield break;
        }
        if (!(Uri.TryCreate(Authority, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))))
        {
            yield return new ValidationResult("must be an https address, or an http one on loopback.", [nameof(Authority)]);
            yield break;
        }
        foreach (var (value, name) in new[] { (ClientId, nameof(ClientId)), (ClientSecret, nameof(ClientSecret)) })
        {
            if (string.IsNullOrEmpty(value))
                yield return new ValidationResult("must be set with Auth:Oidc:Authority.", [name]);
        }
    }
}

/// <summary>Where nobody signs in there is nothing to sign in at.</summary>
internal sealed class OidcNeedsKeys(IOptions<AuthOptions> auth) : IValidateOptions<OidcOptions>
{
    public ValidateOptionsResult Validate(string? name, OidcOptions options) =>
        options.IsSet && auth.Value.Mode != AuthOptions.Keys
            ? ValidateOptionsResult.Fail($"{OidcOptions.Section}:{nameof(OidcOptions.Authority)} needs Auth:Mode 'keys': else nobody signs in.")
            : ValidateOptionsResult.Success;
}
