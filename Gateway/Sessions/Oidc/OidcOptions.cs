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
        var missing = new[] { (Authority, nameof(Authority)), (ClientId, nameof(ClientId)), (ClientSecret, nameof(ClientSecret)) }
            .Where(setting => string.IsNullOrEmpty(setting.Item1)).Select(setting => setting.Item2).ToArray();
        if (missing.Length == 3)
            yield break;
        foreach (var setting in missing)
            yield return new ValidationResult(
                "must be set: Auth:Oidc needs Authority, ClientId and ClientSecret, or none of them.", [setting]);
        if (IsSet && !(Uri.TryCreate(Authority, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))))
            yield return new ValidationResult("must be an https address, or an http one on loopback.", [nameof(Authority)]);
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
