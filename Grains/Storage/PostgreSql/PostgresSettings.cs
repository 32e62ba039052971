using Npgsql;

namespace JobTracker.Grains.Storage.PostgreSql;

/// <summary>What a connection string says, and what it is taken to say where it does not.</summary>
internal static class PostgresSettings
{
    public const string AutoPrepare = "Max Auto Prepare";

    /// <summary>How many statements one session keeps under their names.</summary>
    public const int KeptStatements = 64;

    /// <summary>
    /// Seconds. A session keeps the plans that it made, and a table that was small then may have grown without having been counted.
    /// </summary>
    private const int LongestLife = 300;

    /// <summary>What the connection string itself says goes first.</summary>
    /// <param name="statements">How many statements a session keeps, where it does not say.</param>
    public static NpgsqlConnectionStringBuilder WithDefaults(NpgsqlConnectionStringBuilder said, int statements)
    {
        var settings = new NpgsqlConnectionStringBuilder(said.ConnectionString);
        SetDefault("Application Name", "jobtracker");
        SetDefault(AutoPrepare, statements);
        SetDefault("Auto Prepare Min Usages", 2);
        SetDefault("Maximum Pool Size", 32);
        SetDefault("Connection Lifetime", LongestLife);
        // Nothing is left in a session that would have to be taken back.
        SetDefault("No Reset On Close", value: true);
        SetDefault("Timeout", 3);
        // Milliseconds, for a server that is asked to give a statement up: one that does not hear that is left.
        SetDefault("Cancellation Timeout", 500);
        return settings;

        // ContainsKey would answer for every key that there is, said or not.
        void SetDefault(string key, object value)
        {
            if (!settings.ShouldSerialize(key))
                settings[key] = value;
        }
    }

    /// <summary>Null where the text has none, or is no connection string: then the first one goes on.</summary>
    public static string? PasswordOf(string? connectionString)
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
}
