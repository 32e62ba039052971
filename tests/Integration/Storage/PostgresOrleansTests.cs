namespace JobTracker.Tests.Integration.Storage;

public sealed class PostgresOrleansTests(PostgresOrleansDatabase database)
    : OrleansProviderTests(database), IClassFixture<PostgresOrleansDatabase>;
