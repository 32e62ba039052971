using JobTracker.Grains.Storage.Migrations;

namespace JobTracker.Silo.Storage;

/// <summary>
/// Waits until the database is there, and brings it up to date before Orleans starts; without <c>Storage:AutoMigrate</c> it waits for
/// whoever does.
/// </summary>
/// <param name="isPatient">A command does not wait: whoever gave it is told.</param>
/// <param name="configuration">Which database.</param>
/// <param name="log">Where it says what it waits for.</param>
/// <param name="clock">The time.</param>
internal sealed class DatabaseMigration(
    bool isPatient, IConfiguration configuration, ILogger<DatabaseMigration> log, TimeProvider clock)
{
    public const string Automatic = "Storage:AutoMigrate";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromMinutes(1);

    private volatile string? _waitsFor;

    /// <summary>What is the matter with the database that it waits for; null: nothing.</summary>
    public string? WaitsFor => _waitsFor;

    /// <exception cref="MigrationException">The database is there, and a migration fails.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var begun = clock.GetTimestamp();
        long? said = null;
        while (await TryAsync(cancellation) is { } problem)
        {
            if (said is not { } before || clock.GetElapsedTime(before) >= BetweenLines)
            {
                said = clock.GetTimestamp();
                log.WaitsForDatabase(clock.GetElapsedTime(begun).TotalSeconds, _waitsFor!, problem.Message);
            }

            await Task.Delay(Pause, clock, cancellation);
        }

        if (said is not null)
            log.DatabaseIsThere(clock.GetElapsedTime(begun).TotalSeconds);
        _waitsFor = null;
    }

    /// <summary>For the database that the configuration names.</summary>
    public static Migrator Migrator(IConfiguration configuration, ILogger log, TimeProvider clock) =>
        configuration.GetConnectionString("Postgres") is { Length: > 0 } postgres
            ? Grains.Storage.Migrations.Migrator.ForPostgres(postgres, log)
            : Grains.Storage.Migrations.Migrator.ForSqlite(SqlitePath(configuration), log, clock);

    public static string SqlitePath(IConfiguration configuration) => configuration["Storage:SqlitePath"] ?? "data/jobtracker.db";

    /// <summary>Null: done; else what passes by itself.</summary>
    private async Task<Exception?> TryAsync(CancellationToken cancellation)
    {
        try
        {
            var migrator = Migrator(configuration, log, clock);
            if (configuration.GetValue(Automatic, defaultValue: true))
                await migrator.ApplyAsync(cancellation);
            else
                migrator.EnsureUpToDate();
            return null;
        }
        catch (Exception problem) when (isPatient && !cancellation.IsCancellationRequested
            && Grains.Storage.Migrations.Migrator.PassingCause(problem) is { } cause)
        {
            _waitsFor = cause;
            return problem;
        }
    }
}
