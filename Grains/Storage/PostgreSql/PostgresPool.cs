using System.Data.Common;
using JobTracker.Grains.Storage.Sql;
using Npgsql;

namespace JobTracker.Grains.Storage.PostgreSql;

/// <summary>The pool of PostgreSQL connections that all of a silo shares.</summary>
/// <remarks>
/// Between it and the server may stand a pooler that lends a session for one transaction (PgBouncer with <c>pool_mode = transaction</c>).
/// So nothing is asked of a session at its start, and nothing is left in one. Statements that a session keeps under a name are used where
/// the server itself answers, or where the connection string says <c>Max Auto Prepare</c>.
/// </remarks>
public sealed class PostgresPool : DbDataSource
{
    internal static readonly SqlFile Sql = SqlFile.Load("PostgreSql.session.sql");

    private readonly NpgsqlDataSource _keeping;
    private readonly NpgsqlDataSource _plain;

    /// <summary>One of the two; null until the database has been reached.</summary>
    private NpgsqlDataSource? _chosen;

    private PostgresPool(NpgsqlConnectionStringBuilder settings, Func<string?>? again)
    {
        var isSaid = settings.ShouldSerialize(PostgresSettings.AutoPrepare);
        ConnectionString = settings.ConnectionString;
        _plain = Source(PostgresSettings.WithDefaults(settings, statements: 0), again);
        _keeping = Source(PostgresSettings.WithDefaults(settings, PostgresSettings.KeptStatements), again);
        if (isSaid)
            _chosen = settings.MaxAutoPrepare > 0 ? _keeping : _plain;
    }

    /// <summary>As it was given.</summary>
    public override string ConnectionString { get; }

    /// <summary>Whether a session keeps statements under their names; true of no pool that has not reached its database.</summary>
    public bool KeepsStatements => ReferenceEquals(_chosen, _keeping);

    /// <param name="again">
    /// Where the connection string is read again for its password, whenever a connection is opened: a password that changes needs no
    /// restart. All else of it counts from the start. Null: the password, too.
    /// </param>
    public static PostgresPool Open(string connectionString, Func<string?>? again = null) => new(new(connectionString), again);

    /// <summary>One connection beside the pool, which gives up what has not answered in time.</summary>
    public static NpgsqlDataSource OpenForChecks(string connectionString, TimeSpan timeout, Func<string?>? again = null)
    {
        var settings = PostgresSettings.WithDefaults(new NpgsqlConnectionStringBuilder(connectionString), statements: 0);
        settings.MinPoolSize = 0;
        settings.MaxPoolSize = 1;
        settings.Timeout = settings.CommandTimeout = (int)Math.Ceiling(timeout.TotalSeconds);
        // What hangs is left at once, not asked to end first.
        settings.CancellationTimeout = -1;
        return Source(settings, again);
    }

    public new async ValueTask<NpgsqlConnection> OpenConnectionAsync(CancellationToken cancellationToken = default)
    {
        if (_chosen is { } source)
            return await source.OpenConnectionAsync(cancellationToken);
        var connection = await _plain.OpenConnectionAsync(cancellationToken);
        try
        {
            _chosen = await IsServersOwnAsync(connection, cancellationToken) ? _keeping : _plain;
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Closes connections that nobody uses.</summary>
    public void Clear()
    {
        _plain.Clear();
        _keeping.Clear();
    }

    protected override async ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default) =>
        await OpenConnectionAsync(cancellationToken);

    protected override DbConnection CreateDbConnection() => (_chosen ?? _plain).CreateConnection();

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing)
            return;
        _plain.Dispose();
        _keeping.Dispose();
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await _plain.DisposeAsync();
        await _keeping.DisposeAsync();
        await base.DisposeAsyncCore();
    }

    /// <summary>A server tells its clients the number of their session; a pooler has to tell one of its own.</summary>
    private static async Task<bool> IsServersOwnAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var ask = new NpgsqlCommand(Sql["which_session"], connection);
        return await ask.ExecuteScalarAsync(cancellation) is int session && session == connection.ProcessID;
    }

    private static NpgsqlDataSource Source(NpgsqlConnectionStringBuilder settings, Func<string?>? again)
    {
        if (again is null || settings.Password is not { Length: > 0 } first)
            return new NpgsqlDataSourceBuilder(settings.ConnectionString).WithTracesOfRequests();
        settings.Password = null;
        var source = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        source.UsePasswordProvider(_ => Password(), (_, _) => ValueTask.FromResult(Password()));
        return source.WithTracesOfRequests();

        string Password() => PostgresSettings.PasswordOf(again()) ?? first;
    }
}
