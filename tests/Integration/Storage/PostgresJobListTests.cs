namespace JobTracker.Tests.Integration.Storage;

public sealed class PostgresJobListTests(PostgresJobFixture fixture) : JobListConformance(fixture), IClassFixture<PostgresJobFixture>;
