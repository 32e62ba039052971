using JobTracker.Grains.Storage.PostgreSql;

namespace JobTracker.Tests.Unit.Storage;

public sealed class PostgresSettingsTests
{
    /// <summary>Options are a startup parameter, which poolers refuse; and a session of which nothing was asked needs no reset.</summary>
    [Fact]
    public void Nothing_is_asked_of_a_session_and_nothing_left_in_it()
    {
        var settings = PostgresSettings.WithDefaults(new("Host=db;Database=jobs"), statements: 64);

        Assert.Equal(("db", "jobs", null, true), (settings.Host, settings.Database, settings.Options, settings.NoResetOnClose));
        Assert.Equal(("jobtracker", 64, 2, 32, 3, 300),
            (settings.ApplicationName, settings.MaxAutoPrepare, settings.AutoPrepareMinUsages, settings.MaxPoolSize, settings.Timeout,
                settings.ConnectionLifetime));
    }

    [Theory]
    [InlineData("Application Name=mine;Max Auto Prepare=0;Auto Prepare Min Usages=9;Maximum Pool Size=5;Timeout=15;Options=-c jit=off")]
    [InlineData("ApplicationName=mine;MaxAutoPrepare=0;AutoPrepareMinUsages=9;MaxPoolSize=5;Timeout=15;options=-c jit=off")]
    public void What_the_connection_string_says_goes_first(string said)
    {
        var settings = PostgresSettings.WithDefaults(new($"Host=db;{said}"), statements: 64);

        Assert.Equal(("mine", 0, 9, 5, 15, "-c jit=off"),
            (settings.ApplicationName, settings.MaxAutoPrepare, settings.AutoPrepareMinUsages, settings.MaxPoolSize, settings.Timeout,
                settings.Options));
    }

    [Fact]
    public void A_plan_is_made_anew_while_a_table_may_grow_fast_and_now_and_then_later()
    {
        var plan = new PlanAge();
        List<int> old = [];
        for (var run = 0; run <= 4096; run++)
        {
            if (plan.IsOld())
                old.Add(run);
        }

        Assert.Equal([0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3072, 4096], old);
    }
}
