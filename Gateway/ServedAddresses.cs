using JobTracker.Configuration;

namespace JobTracker.Gateway;

/// <summary>Checks <c>urls</c> before the server does, whose words do not name the setting.</summary>
internal static class ServedAddresses
{
    public const string Setting = "urls";

    /// <exception cref="StartRefusedException">One of the addresses is none.</exception>
    public static void Check(IConfiguration configuration)
    {
        var addresses = (configuration[Setting] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (addresses.FirstOrDefault(address => !IsAddress(address)) is { } wrong)
            throw new StartRefusedException($"{Setting}: '{wrong}' is no address such as http://localhost:8080.");
    }

    private static bool IsAddress(string text)
    {
        try
        {
            return BindingAddress.Parse(text) is { Scheme: "http" or "https", Port: >= 0 and <= 65535 };
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
