using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Cors;

/// <summary>Section <c>Cors</c>.</summary>
internal sealed class CorsSettings
{
    public const string Section = "Cors";

    /// <summary>Origins (RFC 6454) whose pages may call the API from a browser, such as <c>https://console.example.org</c>. None: none may.</summary>
    public string[] Origins { get; set; } = [];
}

/// <summary>Refuses at start what is no origin: a browser would never send it, so the setting would have no effect.</summary>
internal sealed class CorsSettingsValidator : IValidateOptions<CorsSettings>
{
    public ValidateOptionsResult Validate(string? name, CorsSettings options)
    {
        string[] problems =
        [
            .. options.Origins
                .Select((origin, index) => (Origin: origin, Index: index))
                .Where(entry => !IsOrigin(entry.Origin))
                .Select(entry => $"{CorsSettings.Section}:Origins:{entry.Index}: must be http or https, a host, and a port unless it is the scheme's, such as https://console.example.org"),
        ];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static bool IsOrigin(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.GetLeftPart(UriPartial.Authority) == text && uri.UserInfo.Length == 0;
}
