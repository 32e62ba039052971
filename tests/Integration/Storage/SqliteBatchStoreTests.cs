namespace JobTracker.Tests.Integration.Storage;

public sealed class SqliteBatchStoreTests(SqliteJobFixture fixture) : BatchStoreConformance(fixture), IClassFixture<SqliteJobFixture>;
