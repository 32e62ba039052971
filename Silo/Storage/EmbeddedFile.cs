using JobTracker.Configuration;
using JobTracker.Grains.Storage.Sqlite;

namespace JobTracker.Silo.Storage;

/// <summary>Where the embedded file is.</summary>
internal static class EmbeddedFile
{
    /// <summary>The file itself, whatever links lead to it: two names of one file are one file.</summary>
    /// <exception cref="StartRefusedException">The setting is no path.</exception>
    public static string Resolve(IConfiguration configuration)
    {
        var path = DatabaseMigration.SqlitePath(configuration);
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal))
            throw new StartRefusedException($"{SqliteFile.Setting} is no path of a file.");
        var full = Path.GetFullPath(path);
        return new FileInfo(full).LinkTarget is null ? full : File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
    }
}
