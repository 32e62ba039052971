using System.Text;
using JobTracker.Batches;
using JobTracker.Tests.StandIn.Batches;

namespace JobTracker.Tests.Integration.Batches;

/// <summary>The largest batch there can be. Not run beside other tests, whose memory would be counted too.</summary>
[Collection(nameof(ProviderMemoryTests))]
public sealed class BatchSizeTests
{
    private const int Items = 100_000;
    private const int PaddingBytes = 2_300;
    private const long Allowed = 150L << 20;

    [Fact]
    public async Task A_result_file_of_100_000_items_and_250_MB_is_read_in_bounded_memory()
    {
        await using var cluster = await BatchCluster.StartAsync(onPostgres: true);
        var there = cluster.StandIn.Batches.Add(
            Dialect.Anthropic, $"sk-secret-of-{BatchCluster.Anthropic}", Enumerable.Range(0, Items).Select(number => $"item-{number}"));
        there.PaddingBytes = PaddingBytes;
        there.End();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var adopted = BatchCluster.Accepted(await cluster.NewBatch()
            .AdoptAsync(cluster.Alice, new AdoptBatch { Provider = BatchCluster.Anthropic, ProviderBatchId = there.Id }));
        var most = 0L;
        while (await cluster.Batch(adopted.Id).WakeAsync() is BatchWake.Working)
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        var done = (await cluster.Batch(adopted.Id).GetAsync(cluster.Alice))!;

        Assert.Equal((BatchStatus.Completed, new BatchCounts(Items, 0, Items, 0, 0, 0)), (done.Status, done.Counts));
        Assert.True(most < Allowed, $"The bytes in use grew by {most >> 20} MiB.");
        var chunk = (await cluster.Batch(done.Id).ReadResultsAsync(cluster.Alice, "item-50000", 1 << 20))!;
        Assert.InRange(chunk.Lines.Length, 1 << 20, 2 << 20);
        Assert.StartsWith("{", Encoding.UTF8.GetString(chunk.Lines, 0, 1), StringComparison.Ordinal);
    }
}
