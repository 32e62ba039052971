namespace JobTracker.Tests.Integration.Storage;

public sealed class PostgresJobStoreTests(PostgresJobFixture fixture) : JobStoreConformance(fixture), IClassFixture<PostgresJobFixture>;
