using System.CommandLine;
using JobTracker.Silo.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace JobTracker.Silo.Commands;

/// <summary>
/// <c>migrate</c> applies what the database lacks and exits: for a cluster whose silos may not (<c>Storage:AutoMigrate</c>).
/// </summary>
internal static class MigrateCommand
{
    /// <param name="settings">The settings of the command's line, as the service takes them.</param>
    public static Command Make(string[] settings)
    {
        var command = new Command("migrate", "Apply the migrations that the database lacks, and exit.");
        command.SetAction((_, cancellation) => ApplyAsync(settings, cancellation));
        return command;
    }

    private static async Task<int> ApplyAsync(string[] settings, CancellationToken cancellation)
    {
        using var host = OperatorHost.Build(settings);
        var configuration = host.Services.GetRequiredService<IConfiguration>();
        using var owner = configuration.GetConnectionString("Postgres") is { Length: > 0 }
            ? null
            : new EmbeddedFileOwner(configuration, TimeProvider.System);
        if (owner is not null)
            await owner.StartingAsync(cancellation);
        var migrator = DatabaseMigration.Migrator(configuration, NullLogger.Instance, TimeProvider.System);
        await migrator.ApplyAsync(cancellation);
        await Console.Out.WriteLineAsync($"{migrator.Database} has every migration of this version.");
        return 0;
    }
}
