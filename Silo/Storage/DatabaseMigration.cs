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
        var migrator = configuration.GetConnectionString("Postgres") is { Length: > 0 } postgres
            ? Migrator.ForPostgres(postgres, log)
            : Migrator.ForSqlite(SqlitePath(configuration), log, clock);
        if (configuration.GetValue(Automatic, defaultValue: true))
            await migrator.ApplyAsync(cancellationToken);
        else
            migrator.EnsureUpToDate();
    }

    public static string SqlitePath(IConfiguration configuration) => configuration["Storage:SqlitePath"] ?? "data/jobtracker.db";

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
