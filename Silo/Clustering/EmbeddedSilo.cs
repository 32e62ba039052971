using Microsoft.Data.Sqlite;

namespace JobTracker.Silo.Clustering;

/// <summary>Orleans on the embedded SQLite file: one silo, which keeps its reminders and its grains' state over a restart.</summary>
public static class EmbeddedSilo
{
    /// <summary>Orleans' name for SQLite; the driver that it loads under this name is Microsoft.Data.Sqlite.</summary>
    private const string Invariant = "System.Data.SQLite";

    /// <summary>
    /// Reminders and the grain storage named "state". The file must be migrated before the silo starts; the caller adds localhost
    /// clustering, because a file has no room for a second silo.
    /// </summary>
    public static ISiloBuilder UseEmbedded(this ISiloBuilder silo, string sqlitePath)
    {
        var connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Path.GetFullPath(sqlitePath),
            // Seconds that a statement tries where another has locked the file, as jobs do; the driver's own are 30.
            DefaultTimeout = 5,
        }.ConnectionString;
        return silo
            .UseAdoNetReminderService(options => (options.Invariant, options.ConnectionString) = (Invariant, connectionString))
            .UseSystemTextJsonGrainStorageSerializer()
            .AddAdoNetGrainStorage(
                GrainStorageName.State, options => (options.Invariant, options.ConnectionString) = (Invariant, connectionString));
    }
}
