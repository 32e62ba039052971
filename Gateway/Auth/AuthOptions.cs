using System.ComponentModel.DataAnnotations;

namespace JobTracker.Gateway.Auth;

/// <summary>How callers sign in (section <c>Auth</c>).</summary>
public sealed class AuthOptions : IValidatableObject
{
    public const string Section = "Auth";

    /// <summary>
    /// <c>none</c>: nobody signs in and everybody is the development caller; only for a service that is bound to loopback addresses.
    /// </summary>
    public const string None = "none";

    /// <summary>The only mode of this version is <c>none</c>.</summary>
    public string Mode { get; set; } = None;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Mode == "keys")
            yield return new ValidationResult("'keys' is not available in this version; use 'none' on a loopback address.", [nameof(Mode)]);
        else if (Mode != None)
            yield return new ValidationResult($"'{Mode}' is unknown; use 'none'.", [nameof(Mode)]);
    }
}
