using Npgsql;

namespace JobTracker.Silo.Storage;

/// <summary>The pool of PostgreSQL connections that all of a silo shares.</summary>
internal static class Databases
{
    /// <summary>What the connection string itself says goes first.</summary>
    public static NpgsqlDataSource Postgres(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (!settings.ContainsKey("Application Name"))
            settings.ApplicationName = "jobtracker";
        if (!settings.ContainsKey("Max Auto Prepare"))
            settings.MaxAutoPrepare = 64;
        if (!settings.ContainsKey("Auto Prepare Min Usages"))
            settings.AutoPrepareMinUsages = 2;
        if (!settings.ContainsKey("Maximum Pool Size"))
            settings.MaxPoolSize = 32;
        if (!settings.ContainsKey("Timeout"))
            settings.Timeout = 3;
        return NpgsqlDataSource.Create(settings);
    }
}
