namespace JobTracker.Tests.Integration.Storage;

public sealed class SqliteJobStoreTests(SqliteJobFixture fixture) : JobStoreConformance(fixture), IClassFixture<SqliteJobFixture>;
