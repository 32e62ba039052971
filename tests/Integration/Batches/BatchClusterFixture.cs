namespace JobTracker.Tests.Integration.Batches;

/// <summary>A cluster and a stand-in for one test class, whose tests run one after the other and leave no fault behind.</summary>
public sealed class BatchClusterFixture : IAsyncLifetime
{
    internal BatchCluster Cluster { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Cluster = await BatchCluster.StartAsync();

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}
