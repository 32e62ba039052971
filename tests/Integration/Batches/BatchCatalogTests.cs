using JobTracker.Batches;
using JobTracker.Storage;
using JobTracker.Tests.Integration.Support;

namespace JobTracker.Tests.Integration.Batches;

/// <summary>Lists of batches, as another process asks for them.</summary>
public abstract class BatchCatalogTests(JobClusterFixture fixture) : JobClusterTests(fixture)
{
    [Fact]
    public async Task A_database_that_is_away_is_said_to_be_away_to_a_caller_without_its_driver()
    {
        var catalog = Cluster.Client.GetGrain<IBatchCatalogGrain>(0);
        await Cluster.Database.QueryAsync("alter table batches rename to elsewhere");
        try
        {
            var said = await Assert.ThrowsAsync<StorageUnavailableException>(() => catalog.ListAsync(Alice, new BatchQuery()));
            Assert.Contains("batches", said.Message, StringComparison.Ordinal);
        }
        finally
        {
            await Cluster.Database.QueryAsync("alter table elsewhere rename to batches");
        }
    }
}

public sealed class SqliteBatchCatalogTests(SqliteCluster cluster) : BatchCatalogTests(cluster), IClassFixture<SqliteCluster>;

public sealed class PostgresBatchCatalogTests(PostgresCluster cluster) : BatchCatalogTests(cluster), IClassFixture<PostgresCluster>;
