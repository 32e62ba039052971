using System.ComponentModel.DataAnnotations;
using JobTracker.Configuration;
using JobTracker.Keys;

namespace JobTracker.Gateway.Auth;

/// <summary>How callers sign in (section <c>Auth</c>).</summary>
public sealed class AuthOptions : IValidatableObject
{
    public const string Section = "Auth";

    /// <summary>
    /// <c>none</c>: nobody signs in and everybody is the development caller; only for a service that is bound to loopback addresses.
    /// </summary>
    public const string None = "none";

    /// <summary>
    /// <c>keys</c>: every request but the health checks needs an API key, or a JWT where <c>Auth:Jwt:Authority</c> is set.
    /// </summary>
    public const string Keys = "keys";

    /// <summary><c>none</c> or <c>keys</c>.</summary>
    public string Mode { get; set; } = None;

    /// <summary>
    /// A key that is admin exactly while it stands here: the first one, and the last resort. Of the form of every other key.
    /// </summary>
    public string? BootstrapKey { get; set; }

    /// <summary>A file that holds <see cref="BootstrapKey"/>, read again when it changes.</summary>
    public string? BootstrapKeyFile { get; set; }

    /// <summary>
    /// Credentials whose check is remembered on this gateway; beyond them the oldest are asked for again. Refused ones count, too.
    /// </summary>
    [Within(100, 1_000_000)]
    public int CachedKeys { get; set; } = 10_000;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Mode is not (None or Keys))
            yield return new ValidationResult($"'{Mode}' is unknown; use 'none' or 'keys'.", [nameof(Mode)]);
        if (!string.IsNullOrEmpty(BootstrapKey) && !ApiKey.TryParse(BootstrapKey, out _))
            yield return new ValidationResult(
                "is no API key; 'dotnet run --project Silo -- keys generate' prints one (it is not shown here).", [nameof(BootstrapKey)]);
    }
}
