using JobTracker.Batches;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Storage.Batches;
using JobTracker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Tests.Integration.Batches;

/// <summary>Writes of a batch whose answer is lost, and writes that meet.</summary>
public sealed class LostWriteTests
{
    public static TheoryData<PlannedFault, string> Writes => new()
    {
        { PlannedFault.LostBefore, "job" },
        { PlannedFault.LostAfter, "job" },
        { PlannedFault.LostBefore, "posting" },
        { PlannedFault.LostAfter, "posting" },
        { PlannedFault.LostBefore, "created" },
        { PlannedFault.LostAfter, "created" },
        { PlannedFault.LostAfter, "submitted" },
    };

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_write_that_lost_its_answer_forgets_the_activation_wherever_it_is(PlannedFault fault, string write)
    {
        var (cluster, faults) = await StartAsync();
        await using var _ = cluster;
        faults.Arm(nameof(IBatchStore.UpdateAsync), fault, stored => write switch
        {
            "job" => stored.Attempt.JobMade,
            "posting" => stored.IsUnresolved,
            "created" => stored.Snapshot.ProviderBatchId is not null,
            _ => !stored.IsDraft,
        });
        var grain = cluster.NewBatch();
        var id = BatchId.Parse(grain.GetPrimaryKeyString());
        BatchCluster.Accepted(await grain.BeginAsync(cluster.Alice, BatchCluster.Begin(BatchCluster.OpenAi)));
        BatchCluster.Accepted(await grain.AddItemsAsync(cluster.Alice, new ItemChunk(0, [BatchCluster.Item("a")])));
        await Record.ExceptionAsync(() => grain.SubmitAsync(cluster.Alice, new SubmitBatch { ItemCount = 1 }));

        var polling = await cluster.UntilAsync(id, batch => batch is { Phase: BatchPhase.Polling });

        Assert.Equal((1, polling.ProviderBatchId), (cluster.StandIn.Batches.All.Count, cluster.StandIn.Batches[0].Id));
        Assert.Equal(1, cluster.StandIn.Journal.Creates);
    }

    [Fact]
    public async Task A_draft_that_is_submitted_when_it_would_be_discarded_stays()
    {
        var (cluster, faults) = await StartAsync();
        await using var _ = cluster;
        var grain = cluster.NewBatch();
        BatchCluster.Accepted(await grain.BeginAsync(cluster.Alice, BatchCluster.Begin(BatchCluster.Anthropic)));
        BatchCluster.Accepted(await grain.AddItemsAsync(cluster.Alice, new ItemChunk(0, [BatchCluster.Item("a")])));
        cluster.Clock.Advance(Batch.DraftLife);
        var gate = faults.Hold(nameof(IBatchStore.TakeLeaseAsync));
        var wake = grain.WakeAsync();
        await gate.Reached.Soon();

        var submit = grain.SubmitAsync(cluster.Alice, new SubmitBatch { ItemCount = 1 });
        await grain.GetAsync(cluster.Alice);
        gate.Open();
        await wake.Soon();

        var batch = BatchCluster.Accepted(await submit.Soon());
        Assert.Equal(BatchPhase.Polling, (await cluster.UntilPollingAsync(batch.Id)).Phase);
    }

    [Fact]
    public async Task A_draft_that_is_submitted_twice_at_once_is_submitted_once()
    {
        var (cluster, faults) = await StartAsync();
        await using var _ = cluster;
        var grain = cluster.NewBatch();
        BatchCluster.Accepted(await grain.BeginAsync(cluster.Alice, BatchCluster.Begin(BatchCluster.Anthropic)));
        var chunk = new ItemChunk(0, [BatchCluster.Item("a")]);
        var chunks = await Task.WhenAll(grain.AddItemsAsync(cluster.Alice, chunk), grain.AddItemsAsync(cluster.Alice, chunk));
        var submits = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => grain.SubmitAsync(cluster.Alice, new SubmitBatch { ItemCount = 1 })));

        Assert.Equal((1, 1), (chunks.OfType<BatchOutcome.Accepted>().Count(), chunks.OfType<BatchOutcome.AlreadyDone>().Count()));
        var batch = Assert.Single(submits.OfType<BatchOutcome.Accepted>()).Batch;
        Assert.Equal(2, submits.OfType<BatchOutcome.AlreadyDone>().Count());
        Assert.Equal(batch.JobId, (await cluster.UntilPollingAsync(batch.Id)).JobId);
        Assert.Equal(1, cluster.StandIn.Journal.Creates);
    }

    private static async Task<(BatchCluster Cluster, FaultyBatchStore Faults)> StartAsync()
    {
        FaultyBatchStore? faults = null;
        var cluster = await BatchCluster.StartAsync(configure: silo =>
        {
            var real = (IBatchStore)silo.Services.Last(service => service.ServiceType == typeof(IBatchStore)).ImplementationInstance!;
            (var store, faults) = FaultyBatchStore.Of(real);
            silo.Services.AddSingleton(store);
        });
        return (cluster, faults!);
    }
}
