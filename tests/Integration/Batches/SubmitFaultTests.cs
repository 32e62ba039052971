using JobTracker.Batches;
using JobTracker.Tests.StandIn.Faults;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.Integration.Batches;

/// <summary>A create that goes wrong makes one batch at the provider in the end, and never two.</summary>
public sealed class SubmitFaultTests(BatchClusterFixture fixture) : IClassFixture<BatchClusterFixture>
{
    private BatchCluster Cluster => fixture.Cluster;

    /// <summary>
    /// What befalls the create, and how many create calls there are in the end: one more only where the first plainly made nothing.
    /// </summary>
    public static TheoryData<FaultKind, int> Faults => new()
    {
        { FaultKind.LostAnswer, 1 },
        { FaultKind.HangMidBody, 1 },
        { FaultKind.ResetMidLine, 1 },
        { FaultKind.EndMidLine, 1 },
        { FaultKind.TooManyRequests, 2 },
        { FaultKind.Overloaded, 2 },
        { FaultKind.Unauthorized, 2 },
        { FaultKind.InternalError, 2 },
        { FaultKind.HtmlBadGateway, 2 },
        { FaultKind.ExtraFields, 1 },
        { FaultKind.MissingFields, 1 },
        { FaultKind.UnknownBatchStatus, 1 },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_create_that_goes_wrong_makes_one_batch(FaultKind kind, int calls)
    {
        foreach (var (provider, route) in new[] { (BatchCluster.Anthropic, StandInRoute.AnthropicCreate),
            (BatchCluster.OpenAi, StandInRoute.OpenAiCreate) })
        {
            var (made, called) = (Cluster.StandIn.Batches.All.Count, Cluster.StandIn.Journal.Count(route));
            Cluster.StandIn.Faults.Arm(route, kind);
            var batch = await Cluster.SubmitAsync(provider, "a", "b", "c");
            await Cluster.WakeAsync(batch.Id);
            foreach (var there in Cluster.StandIn.Batches.All.Skip(made))
                there.End();

            var polling = await Cluster.UntilPollingAsync(batch.Id);
            Cluster.StandIn.Batches[polling.ProviderBatchId!].End();
            var done = await Cluster.UntilDoneAsync(batch.Id);

            Assert.Empty(Cluster.StandIn.Faults.Armed);
            Assert.Equal(calls, Cluster.StandIn.Journal.Count(route) - called);
            Assert.Equal(1, Cluster.StandIn.Batches.All.Count - made);
            Assert.Equal((BatchStatus.Completed, 3), (done.Status, (int)done.Counts.Completed));
        }
    }

    [Fact]
    public async Task A_lost_answer_shows_as_such_until_the_batch_is_found()
    {
        Cluster.StandIn.Faults.Arm(StandInRoute.AnthropicCreate, FaultKind.LostAnswer);
        var batch = await Cluster.SubmitAsync(BatchCluster.Anthropic, "a");

        var unknown = await Cluster.WakeAsync(batch.Id);

        Assert.Equal((BatchPhase.SubmissionUnknown, BatchStatus.Pending), (unknown.Phase, unknown.Status));
        Assert.Null(unknown.ProviderBatchId);
        Cluster.StandIn.Batches.All[^1].End();
        Assert.Equal(BatchStatus.Completed, (await Cluster.UntilDoneAsync(batch.Id)).Status);
    }

    [Fact]
    public async Task A_cancel_of_a_lost_create_reaches_the_batch_once_it_is_found()
    {
        Cluster.StandIn.Faults.Arm(StandInRoute.OpenAiCreate, FaultKind.LostAnswer);
        var batch = await Cluster.SubmitAsync(BatchCluster.OpenAi, "a", "b");
        await Cluster.WakeAsync(batch.Id);

        BatchCluster.Accepted(await Cluster.Batch(batch.Id).CancelAsync(Cluster.Alice));
        var done = await Cluster.UntilDoneAsync(batch.Id);

        Assert.Equal((BatchStatus.Cancelled, 2), (done.Status, (int)done.Counts.Cancelled));
        Assert.Equal(Cluster.StandIn.Batches.All[^1].Id, done.ProviderBatchId);
    }

    [Fact]
    public async Task A_batch_cancelled_before_it_went_out_never_goes_out()
    {
        Cluster.StandIn.Faults.Arm(StandInRoute.AnthropicCreate, FaultKind.Overloaded);
        var batch = await Cluster.SubmitAsync(BatchCluster.Anthropic, "a", "b");
        await Cluster.WakeAsync(batch.Id);
        var made = Cluster.StandIn.Batches.All.Count;

        BatchCluster.Accepted(await Cluster.Batch(batch.Id).CancelAsync(Cluster.Alice));
        var done = await Cluster.UntilDoneAsync(batch.Id);

        Assert.Equal((BatchStatus.Cancelled, 2, made), (done.Status, (int)done.Counts.Cancelled, Cluster.StandIn.Batches.All.Count));
        Assert.Null(done.ProviderBatchId);
    }

    [Theory]
    [InlineData(FaultKind.InternalError)]
    [InlineData(FaultKind.LostAnswer)]
    [InlineData(FaultKind.TooManyRequests)]
    public async Task An_upload_that_goes_wrong_is_made_again(FaultKind kind)
    {
        Cluster.StandIn.Faults.Arm(StandInRoute.OpenAiUpload, kind);
        var made = Cluster.StandIn.Batches.All.Count;
        var batch = await Cluster.SubmitAsync(BatchCluster.OpenAi, "a");

        var polling = await Cluster.UntilPollingAsync(batch.Id);

        Assert.Equal((1, polling.ProviderBatchId), (Cluster.StandIn.Batches.All.Count - made, Cluster.StandIn.Batches.All[^1].Id));
    }

    [Fact]
    public async Task A_batch_that_fails_at_the_provider_fails_here_with_its_items()
    {
        var batch = await Cluster.SubmitAsync(BatchCluster.OpenAi, "a", "b");
        var polling = await Cluster.UntilPollingAsync(batch.Id);
        Cluster.StandIn.Batches[polling.ProviderBatchId!].Fail();

        var done = await Cluster.UntilDoneAsync(batch.Id);

        Assert.Equal((BatchStatus.Failed, new BatchCounts(2, 0, 0, 2, 0, 0)), (done.Status, done.Counts));
        Assert.NotNull((await Cluster.JobAsync(done)).Error);
    }
}
