using System.Data.Common;

namespace JobTracker.Configuration;

/// <summary>Connection strings, where nothing of the driver is at hand.</summary>
public static class ConnectionText
{
    private static readonly string[] Hosts = ["Host", "Server"];

    /// <summary>Its form, and that it names a host; nothing of it is shown, since a password may stand anywhere.</summary>
    /// <param name="key">Of the setting.</param>
    /// <param name="text">Its value.</param>
    /// <exception cref="StartRefusedException">It is no connection string.</exception>
    public static void Check(string key, string text)
    {
        var parts = new DbConnectionStringBuilder();
        try
        {
            parts.ConnectionString = text;
        }
        catch (ArgumentException)
        {
            throw new StartRefusedException(
                $"{key} is no connection string such as Host=localhost;Database=jobtracker (it is not shown here).");
        }
        if (!Hosts.Any(parts.ContainsKey))
            throw new StartRefusedException($"{key} names no Host.");
    }
}
