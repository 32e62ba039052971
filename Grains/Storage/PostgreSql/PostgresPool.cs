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

    public static NpgsqlDataSource Open(string connectionString) => NpgsqlDataSource.Create(Settings(connectionString));

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
