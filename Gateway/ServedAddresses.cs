using JobTracker.Configuration;

namespace JobTracker.Gateway;

/// <summary>Reads addresses to serve at before the server does, whose words do not name the setting.</summary>
internal static class ServedAddresses
{
    public const string Setting = "urls";

    /// <exception cref="StartRefusedException">One of <c>urls</c> is no address.</exception>
    public static void Check(IConfiguration configuration) => Read(Setting, configuration[Setting]);

    /// <summary>Those that a setting has, separated by semicolons; none where there is no text.</summary>
    /// <exception cref="StartRefusedException">One of them is none.</exception>
    public static IReadOnlyList<(string Text, BindingAddress Address)> Read(string setting, string? text) =>
    [
        .. from address in (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
           select (address, Parse(address) ?? throw new StartRefusedException(
               $"{setting}: '{address}' is no address such as http://localhost:8080.")),
    ];

    private static BindingAddress? Parse(string text)
    {
        try
        {
            return BindingAddress.Parse(text) is { Scheme: "http" or "https", Port: >= 0 and <= 65_535 } address ? address : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
