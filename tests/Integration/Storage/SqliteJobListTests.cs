namespace JobTracker.Tests.Integration.Storage;

public sealed class SqliteJobListTests(SqliteJobFixture fixture) : JobListConformance(fixture), IClassFixture<SqliteJobFixture>;
