using Npgsql;

namespace JobTracker.Grains.Storage.PostgreSql;

/// <summary>The pool of PostgreSQL connections that all of a silo shares.</summary>
public static class PostgresPool
{
    /// <summary>
    /// All that a silo asks is found along an index, and shall be from the first job on: what is planned while the tables are empty, or
    /// before the server has counted them, would else read all of them, and a prepared statement would go on so.
    /// </summary>
    private const string AlongIndexes =
        "-c enable_seqscan=off -c enable_bitmapscan=off -c enable_sort=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off";

    /// <param name="again">
    /// Where the connection string is read again for its password, whenever a connection is opened: a password that changes needs no
    /// restart. All else of it counts from the start. Null: the password, too.
    /// </param>
    public static NpgsqlDataSource Open(string connectionString, Func<string?>? again = null) => Open(Settings(connectionString), again);

    /// <summary>One connection beside the pool, which gives up what has not answered in time.</summary>
    public static NpgsqlDataSource OpenForChecks(string connectionString, TimeSpan timeout, Func<string?>? again = null)
    {
        var settings = Settings(connectionString);
        settings.MinPoolSize = 0;
        settings.MaxPoolSize = 1;
        settings.Timeout = settings.CommandTimeout = (int)Math.Ceiling(timeout.TotalSeconds);
        // What hangs is left at once, not asked to end first.
        settings.CancellationTimeout = -1;
        return Open(settings, again);
    }

    private static NpgsqlDataSource Open(NpgsqlConnectionStringBuilder settings, Func<string?>? again)
    {
        if (again is null || settings.Password is not { Length: > 0 } first)
            return new NpgsqlDataSourceBuilder(settings.ConnectionString).WithTracesOfRequests();
        settings.Password = null;
        var source = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        source.UsePasswordProvider(_ => Password(), (_, _) => ValueTask.FromResult(Password()));
        return source.WithTracesOfRequests();

        string Password() => PasswordOf(again()) ?? first;
    }

    /// <summary>Null where the text has none, or is no connection string: then the first one goes on.</summary>
    private static string? PasswordOf(string? connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString).Password is { Length: > 0 } password ? password : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>What the connection string itself says goes first.</summary>
    internal static NpgsqlConnectionStringBuilder Settings(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        settings.Options = settings.Options is { Length: > 0 } own ? $"{AlongIndexes} {own}" : AlongIndexes;
        SetDefault("Application Name", "jobtracker");
        SetDefault("Max Auto Prepare", 64);
        SetDefault("Auto Prepare Min Usages", 2);
        SetDefault("Maximum Pool Size", 32);
        SetDefault("Timeout", 3);
        return settings;

        // ContainsKey would answer for every key that there is, said or not.
        void SetDefault(string key, object value)
        {
            if (!settings.ShouldSerialize(key))
                settings[key] = value;
        }
    }
}
