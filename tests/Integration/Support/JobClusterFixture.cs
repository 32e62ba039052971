namespace JobTracker.Tests.Integration.Support;

/// <summary>A cluster for one test class; its tests keep apart by their organizations.</summary>
public abstract class JobClusterFixture : IAsyncLifetime
{
    internal JobCluster Cluster { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Cluster = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected abstract Task<JobCluster> StartAsync();
}

public sealed class SqliteCluster : JobClusterFixture
{
    private protected override Task<JobCluster> StartAsync() => JobCluster.OnSqliteAsync();
}

/// <summary>Two silos.</summary>
public sealed class PostgresCluster : JobClusterFixture
{
    private protected override Task<JobCluster> StartAsync() => JobCluster.OnPostgresAsync();
}
