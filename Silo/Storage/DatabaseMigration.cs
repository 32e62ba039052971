using JobTracker.Grains.Storage.Migrations;

namespace JobTracker.Silo.Storage;

/// <summary>
/// Brings the database up to date before anything else of the process starts; without <c>Storage:AutoMigrate</c> it only checks.
/// </summary>
internal sealed class DatabaseMigration(
    IConfiguration configuration, ILogger<DatabaseMigration> log, TimeProvider clock) : IHostedLifecycleService
{
    public const string Automatic = "Storage:AutoMigrate";

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var migrator = Migrator(configuration, log, clock);
        if (configuration.GetValue(Automatic, defaultValue: true))
            await migrator.ApplyAsync(cancellationToken);
        else
            migrator.EnsureUpToDate();
    }

    /// <summary>For the database that the configuration names.</summary>
    public static Migrator Migrator(IConfiguration configuration, ILogger log, TimeProvider clock) =>
        configuration.GetConnectionString("Postgres") is { Length: > 0 } postgres
            ? Grains.Storage.Migrations.Migrator.ForPostgres(postgres, log)
            : Grains.Storage.Migrations.Migrator.ForSqlite(SqlitePath(configuration), log, clock);

    public static string SqlitePath(IConfiguration configuration) => configuration["Storage:SqlitePath"] ?? "data/jobtracker.db";

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
