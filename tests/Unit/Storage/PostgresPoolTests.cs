using JobTracker.Grains.Storage.PostgreSql;

namespace JobTracker.Tests.Unit.Storage;

public sealed class PostgresPoolTests
{
    [Fact]
    public void Statements_are_prepared_by_themselves_and_planned_along_indexes()
    {
        var settings = PostgresPool.Settings("Host=db;Database=jobs");

        Assert.Equal(("db", "jobs"), (settings.Host, settings.Database));
        Assert.Equal(("jobtracker", 64, 2, 32, 3),
            (settings.ApplicationName, settings.MaxAutoPrepare, settings.AutoPrepareMinUsages, settings.MaxPoolSize, settings.Timeout));
        Assert.Contains("enable_seqscan=off", settings.Options, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Application Name=mine;Max Auto Prepare=0;Auto Prepare Min Usages=9;Maximum Pool Size=5;Timeout=15;Options=-c enable_seqscan=on")]
    [InlineData("ApplicationName=mine;MaxAutoPrepare=0;AutoPrepareMinUsages=9;MaxPoolSize=5;Timeout=15;options=-c enable_seqscan=on")]
    public void What_the_connection_string_says_goes_first(string said)
    {
        var settings = PostgresPool.Settings($"Host=db;{said}");

        Assert.Equal(("mine", 0, 9, 5, 15),
            (settings.ApplicationName, settings.MaxAutoPrepare, settings.AutoPrepareMinUsages, settings.MaxPoolSize, settings.Timeout));
        // The server takes the last.
        Assert.EndsWith("-c enable_seqscan=on", settings.Options, StringComparison.Ordinal);
    }
}
