using System.ComponentModel;
using System.Globalization;

namespace JobTracker.Tests.Support;

/// <summary>Where this machine keeps initdb, pg_ctl and postgres.</summary>
internal static class PostgresBinaries
{
    /// <summary>What pg_config says, else the newest version below /usr/lib/postgresql.</summary>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    public static async Task<string> FindAsync()
    {
        var configured = await ConfiguredAsync();
        return new[] { configured }.Concat(Packaged()).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
            ?? throw new InvalidOperationException($"PostgreSQL is not installed, and {PostgresServer.ExistingServerVariable} is not set.");
    }

    private static async Task<string> ConfiguredAsync()
    {
        try
        {
            return (await ProcessRun.OutputAsync("pg_config", "--bindir")).Trim();
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            // Not on the path, or a stub of a client package without a server.
            return "";
        }
    }

    private static IEnumerable<string> Packaged()
    {
        const string Root = "/usr/lib/postgresql";
        return !Directory.Exists(Root)
            ? []
            : Directory.GetDirectories(Root).OrderByDescending(Version).Select(folder => Path.Combine(folder, "bin"));
    }

    private static int Version(string folder) =>
        int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
}
