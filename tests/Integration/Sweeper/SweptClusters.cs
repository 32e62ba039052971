using JobTracker.Grains;
using JobTracker.Grains.Jobs;
using JobTracker.Grains.Sweeper;
using JobTracker.Tests.Integration.Support;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Tests.Integration.Sweeper;

/// <summary>Clusters whose jobs do by themselves what is due.</summary>
internal static class SweptCluster
{
    /// <summary>Completed jobs go at once, in steps so small that a test sees more than one.</summary>
    public static void Sweep(this ISiloBuilder silo)
    {
        silo.UseInMemoryReminderService().AddSweeper();
        silo.Services.Configure<RetentionOptions>(retention => retention.Completed = TimeSpan.Zero);
        silo.Services.Configure<SweeperOptions>(sweeper => (sweeper.RetentionStep, sweeper.RetentionPause, sweeper.NudgeInterval) =
            (2, TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(100)));
    }
}

public sealed class SweptSqliteCluster : JobClusterFixture
{
    private protected override Task<JobCluster> StartAsync() => JobCluster.OnSqliteAsync(silo => silo.Sweep());
}

/// <summary>Two silos.</summary>
public sealed class SweptPostgresCluster : JobClusterFixture
{
    private protected override Task<JobCluster> StartAsync() => JobCluster.OnPostgresAsync(configure: silo => silo.Sweep());
}
