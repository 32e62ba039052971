using JobTracker.Batches;
using JobTracker.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Tests.Integration.Batches;

/// <summary>The job of a batch is refused by a silo whose clock says another time than that of the batch's.</summary>
public sealed class ClocksThatDifferTests
{
    /// <summary>Less than nothing: whatever the id, it is of another time.</summary>
    private static readonly TimeSpan Refusing = TimeSpan.FromTicks(-1);

    [Fact]
    public async Task It_is_tried_again_later_and_not_again_and_again_and_goes_on_once_the_clocks_are_set()
    {
        JobLimits? limits = null;
        await using var cluster = await BatchCluster.StartAsync(
            configure: silo => silo.Services.Configure<JobLimits>(made => limits = made));
        var grain = cluster.NewBatch();
        var draft = BatchCluster.Accepted(await grain.BeginAsync(cluster.Alice, BatchCluster.Begin(BatchCluster.Anthropic)));
        BatchCluster.Accepted(await grain.AddItemsAsync(cluster.Alice, new ItemChunk(0, [BatchCluster.Item("a")])));
        var allowed = limits!.ClockSkew;

        limits.ClockSkew = Refusing;
        var submitted = BatchCluster.Accepted(await grain.SubmitAsync(cluster.Alice, new SubmitBatch { ItemCount = 1 }));
        var waiting = await cluster.WakeAsync(draft.Id);
        limits.ClockSkew = allowed;

        Assert.InRange(waiting.Version, submitted.Version, submitted.Version + 3);
        Assert.True(waiting.NextPollAt > cluster.Clock.GetUtcNow(), $"{waiting}");
        await cluster.UntilPollingAsync(draft.Id);
    }
}
