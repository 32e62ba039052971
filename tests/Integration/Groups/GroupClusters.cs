using JobTracker.Grains;
using JobTracker.Grains.Sweeper;
using JobTracker.Tests.Integration.Support;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Tests.Integration.Groups;

/// <summary>Clusters whose groups look at their children at a quick pace.</summary>
internal static class GroupCluster
{
    public static void Look(this ISiloBuilder silo)
    {
        silo.UseInMemoryReminderService().AddSweeper();
        silo.Services.Configure<SweeperOptions>(sweeper =>
            (sweeper.Interval, sweeper.NudgeInterval) = (TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(100)));
    }
}

public sealed class GroupSqliteCluster : JobClusterFixture
{
    private protected override Task<JobCluster> StartAsync() => JobCluster.OnSqliteAsync(silo => silo.Look());
}

/// <summary>Two silos.</summary>
public sealed class GroupPostgresCluster : JobClusterFixture
{
    private protected override Task<JobCluster> StartAsync() => JobCluster.OnPostgresAsync(configure: silo => silo.Look());
}
