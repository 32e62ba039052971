using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Auth;

/// <summary>How callers sign in (section <c>Auth</c>).</summary>
public sealed class AuthOptions
{
    public const string Section = "Auth";

    /// <summary><c>none</c>: nobody signs in and everybody is the development caller; only for a service that is bound to loopback addresses.</summary>
    public const string None = "none";

    /// <summary>The only mode of this version is <c>none</c>.</summary>
    public string Mode { get; set; } = None;
}

internal sealed class AuthOptionsValidator : IValidateOptions<AuthOptions>
{
    public ValidateOptionsResult Validate(string? name, AuthOptions options) => options.Mode switch
    {
        AuthOptions.None => ValidateOptionsResult.Success,
        "keys" => ValidateOptionsResult.Fail("Auth:Mode 'keys' is not available in this version; use 'none' on a loopback address."),
        _ => ValidateOptionsResult.Fail($"Auth:Mode '{options.Mode}' is unknown; use 'none'."),
    };
}
