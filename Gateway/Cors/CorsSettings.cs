using System.ComponentModel.DataAnnotations;

namespace JobTracker.Gateway.Cors;

/// <summary>Section <c>Cors</c>.</summary>
internal sealed class CorsSettings : IValidatableObject
{
    public const string Section = "Cors";

    /// <summary>
    /// Origins (RFC 6454) whose pages may call the API from a browser, such as <c>https://console.example.org</c>. None: none may.
    /// </summary>
    public string[] Origins { get; set; } = [];

    /// <summary>Refuses what is no origin: a browser would never send it, so the setting would have no effect.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        const string Expected =
            ": must be http or https, a host, and a port unless it is the scheme's, such as https://console.example.org";
        foreach (var (index, origin) in Origins.Index())
        {
            if (!IsOrigin(origin))
                yield return new ValidationResult(Expected, [$"{nameof(Origins)}:{index}"]);
        }
    }

    private static bool IsOrigin(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.GetLeftPart(UriPartial.Authority) == text && uri.UserInfo.Length == 0;
}
