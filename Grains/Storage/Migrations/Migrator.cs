using DbUp.Engine;
using JobTracker.Grains.Storage.PostgreSql;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace JobTracker.Grains.Storage.Migrations;

/// <summary>
/// Brings a database to the schema of this version: the numbered scripts that it lacks are applied in order, each in a transaction of its
/// own together with its entry in the journal table <c>schemaversions</c>; those that build indexes on large tables keep nobody out
/// meanwhile. Scripts go forward only and are never edited.
/// </summary>
public sealed class Migrator
{
    /// <summary>How long one silo waits while another applies the scripts.</summary>
    private static readonly TimeSpan LockPatience = TimeSpan.FromMinutes(2);

    private readonly MigrationTarget _target;
    private readonly IReadOnlyList<SqlScript> _scripts;
    private readonly ILogger _log;
    private readonly TimeSpan _lockPatience;
    private bool _toldOfUnknown;

    internal Migrator(MigrationTarget target, IReadOnlyList<SqlScript> scripts, ILogger log, TimeSpan? lockPatience = null)
    {
        _target = target;
        _scripts = scripts;
        _log = log;
        _lockPatience = lockPatience ?? LockPatience;
    }

    /// <summary>For the PostgreSQL database that the connection string names; it must exist, and its user must own the schema.</summary>
    public static Migrator ForPostgres(string connectionString, ILogger log, TimeProvider? clock = null) =>
        new(new PostgresTarget(connectionString, clock ?? TimeProvider.System), MigrationScripts.PostgreSql, log);

    /// <summary>For the SQLite file at <paramref name="path"/>; the file and its directories are created.</summary>
    public static Migrator ForSqlite(string path, ILogger log, TimeProvider clock) =>
        new(new SqliteTarget(path, clock), MigrationScripts.Sqlite, log);

    /// <summary>Which database, for people: without credentials.</summary>
    public string Database => _target.Name;

    /// <summary>
    /// Applies what is missing. Any number of processes may call it at once: one applies, the others wait for it, two minutes at most, and
    /// for an index on a large table for as long as its builder lives. A database that is ahead of this version is left alone, so that a
    /// rolling upgrade can go either way.
    /// </summary>
    /// <exception cref="MigrationException">A script failed and was rolled back, or the lock stayed taken; the message names
    /// which.</exception>
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        while (await ApplyInTransactionsAsync(cancellationToken) is { } script)
            await _target.RunAsync(script, () => IsMissing(script), () => RecordAsync(script, cancellationToken), cancellationToken);
    }

    /// <summary>The check for <c>Storage:AutoMigrate=false</c>: changes nothing.</summary>
    /// <exception cref="MigrationException">Scripts are missing; the message names them.</exception>
    public void EnsureUpToDate()
    {
        var engine = Engine(_scripts);
        LogUnknownScripts(engine);
        var missing = engine.GetScriptsToExecute();
        if (missing.Count == 0)
            return;
        throw new SchemaBehindException(
            $"{_target.Name} lacks the migrations {string.Join(", ", missing.Select(script => script.Name))}, and Storage:AutoMigrate is false.");
    }

    /// <summary>
    /// Why a failure passes by itself, in words for anybody: the database is not there, does not let anybody in or write, or somebody else
    /// is to migrate it. Null: it stays.
    /// </summary>
    public static string? PassingCause(Exception failure)
    {
        for (Exception? problem = failure; problem is not null; problem = problem.InnerException)
        {
            if (problem is SchemaBehindException)
                return "The database lacks the schema of this version.";
            if (problem is NpgsqlException && PostgresCauses.IsPassing(problem))
                return PostgresCauses.Of(problem);
        }

        return null;
    }

    /// <returns>The first script that is missing and needs no transaction; null: none is missing any more.</returns>
    private async Task<ConcurrentScript?> ApplyInTransactionsAsync(CancellationToken cancellation)
    {
        await using var migrationLock = await _target.LockAsync(_lockPatience, cancellation);
        LogUnknownScripts(Engine(_scripts));
        var missing = Engine(_scripts).GetScriptsToExecute().Select(script => script.Name).ToHashSet(StringComparer.Ordinal);
        var next = _scripts.OfType<ConcurrentScript>().FirstOrDefault(script => missing.Contains(script.Name));
        var result = Engine(_scripts.TakeWhile(script => script != next)).PerformUpgrade();
        foreach (var applied in result.Scripts)
            _log.AppliedMigration(applied.Name, _target.Name);
        return result.Successful ? next : throw Failure(result);
    }

    private bool IsMissing(ConcurrentScript script) => Engine([script]).IsUpgradeRequired();

    private async Task RecordAsync(ConcurrentScript script, CancellationToken cancellation)
    {
        await using var migrationLock = await _target.LockAsync(_lockPatience, cancellation);
        if (!IsMissing(script))
            return;
        var result = Engine([script]).MarkAsExecuted();
        if (!result.Successful)
            throw Failure(result);
        _log.AppliedMigration(script.Name, _target.Name);
    }

    private MigrationException Failure(DatabaseUpgradeResult result) => result.ErrorScript is { } script
        ? new($"Migration {script.Name} of {_target.Name} failed and was rolled back: {result.Error.Message}", result.Error)
        : new($"{_target.Name} could not be migrated: {result.Error.Message}", result.Error);

    private UpgradeEngine Engine(IEnumerable<SqlScript> scripts) => _target.NewEngine()
        .WithScripts(scripts)
        .WithTransactionPerScript()
        // Scripts are SQL as it stands; a dollar quote is not a variable.
        .WithVariablesDisabled()
        // What is changed in a large table takes its time.
        .WithExecutionTimeout(TimeSpan.FromMinutes(10))
        .LogToNowhere()
        .Build();

    private void LogUnknownScripts(UpgradeEngine engine)
    {
        if (!_toldOfUnknown && engine.GetExecutedButNotDiscoveredScripts() is { Count: > 0 } unknown)
        {
            _toldOfUnknown = true;
            _log.DatabaseIsAhead(_target.Name, string.Join(", ", unknown));
        }
    }
}
