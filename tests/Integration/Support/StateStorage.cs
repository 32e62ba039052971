using JobTracker.Tests.Support;
using Microsoft.Data.Sqlite;

namespace JobTracker.Tests.Integration.Support;

/// <summary>The grain storage "state", as a silo has it, on the database of a test.</summary>
internal static class StateStorage
{
    public static ISiloBuilder AddState(this ISiloBuilder silo, JobDatabase database) => silo
        .UseSystemTextJsonGrainStorageSerializer()
        .AddAdoNetGrainStorage("state", options =>
        {
            if (database is PostgresJobDatabase postgres)
                (options.Invariant, options.DataSource) = ("Npgsql", postgres.Pool);
            else
                (options.Invariant, options.ConnectionString) =
                    ("System.Data.SQLite", new SqliteConnectionStringBuilder
                    {
                        DataSource = ((SqliteJobDatabase)database).Path,
                        Pooling = false
                    }.ConnectionString);
        });
}
