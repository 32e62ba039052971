namespace JobTracker.Tests.Integration.Storage;

public sealed class PostgresBatchStoreTests(PostgresJobFixture fixture) : BatchStoreConformance(fixture), IClassFixture<PostgresJobFixture>;
