namespace JobTracker.Tests.Integration.Storage;

public sealed class SqliteOrleansTests(SqliteOrleansDatabase database) : OrleansProviderTests(database),
    IClassFixture<SqliteOrleansDatabase>;
