using System.CommandLine;
using System.Globalization;
using JobTracker.Grains.Storage.Sqlite;
using JobTracker.Silo.Storage;

namespace JobTracker.Silo.Commands;

/// <summary><c>backup FILE</c> copies the embedded database, whether or not a process is working on it.</summary>
internal static class BackupCommand
{
    /// <param name="settings">The settings of the command's line, as the service takes them.</param>
    public static Command Make(string[] settings)
    {
        var file = new Argument<string>("FILE") { Description = "Where the copy goes: a file that is not there yet." };
        var command = new Command("backup", "Copy the embedded database, while it is in use.") { file };
        command.SetAction((parsed, cancellation) => CopyAsync(settings, Path.GetFullPath(parsed.GetValue(file)!), cancellation));
        return command;
    }

    private static async Task<int> CopyAsync(string[] settings, string copy, CancellationToken cancellation)
    {
        using var host = OperatorHost.Build(settings);
        var configuration = host.Services.GetRequiredService<IConfiguration>();
        if (configuration.GetConnectionString("Postgres") is { Length: > 0 })
            throw new OperatorException(
                "ConnectionStrings:Postgres is set, and backup copies the embedded file alone; of PostgreSQL take pg_dump.");
        var database = EmbeddedFile.Resolve(configuration);
        var jobs = await SqliteFile.CopyAsync(database, copy, cancellation);
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{database} was copied to {copy}: {jobs:N0} jobs, {new FileInfo(copy).Length:N0} bytes."));
        return 0;
    }
}
