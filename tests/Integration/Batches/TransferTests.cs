using JobTracker.Batches;
using JobTracker.Tests.StandIn.Faults;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.Integration.Batches;

/// <summary>Uploads and downloads of accounts that hang beside those of one that works.</summary>
public sealed class TransferTests
{
    [Fact]
    public async Task An_account_that_trickles_holds_up_no_other_and_is_given_up()
    {
        await using var cluster = await BatchCluster.StartAsync();
        var slow = new Fault(FaultKind.Trickle) { Delay = TimeSpan.FromMilliseconds(100) };
        cluster.StandIn.Faults.Arm(StandInRoute.OpenAiContent, slow, int.MaxValue);
        List<BatchId> hanging = [];
        for (var batch = 0; batch < 20; batch++)
        {
            var polling = await cluster.UntilPollingAsync((await cluster.SubmitAsync(BatchCluster.OpenAi, "a", "b")).Id);
            cluster.StandIn.Batches[polling.ProviderBatchId!].End();
            hanging.Add(polling.Id);
        }
        var well = await cluster.SubmitAsync(BatchCluster.Anthropic, "a");
        var there = await cluster.UntilPollingAsync(well.Id);
        cluster.StandIn.Batches[there.ProviderBatchId!].End();
        cluster.Clock.Advance(TimeSpan.FromMinutes(10));
        Task[] wakes = [.. hanging.Select(id => cluster.Batch(id).WakeAsync())];

        Assert.Equal(BatchStatus.Completed, (await cluster.UntilDoneAsync(well.Id)).Status);
        Assert.Contains(wakes, wake => !wake.IsCompleted);
        await Task.WhenAll(wakes);
        var given = await cluster.UntilAsync(hanging[0], batch => batch.ConsecutiveFailures > 0);
        cluster.StandIn.Faults.Clear();

        Assert.Equal("No progress for 1 s, or less than 1024 bytes a second.", given.LastPollError);
        Assert.Equal(BatchStatus.Completed, (await cluster.UntilDoneAsync(hanging[0])).Status);
    }
}
