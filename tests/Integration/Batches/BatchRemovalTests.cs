using JobTracker.Batches;
using JobTracker.Grains.Batches.Options;
using JobTracker.Jobs;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Faults;
using JobTracker.Tests.StandIn.Wire;
using Microsoft.Extensions.DependencyInjection;
using BatchPhase = JobTracker.Batches.BatchPhase;

namespace JobTracker.Tests.Integration.Batches;

/// <summary>Batches that go, by a command or because they were kept for long enough; and those that shall not even come.</summary>
public sealed class BatchRemovalTests(BatchClusterFixture fixture) : IClassFixture<BatchClusterFixture>
{
    private BatchCluster Cluster => fixture.Cluster;

    [Fact]
    public async Task An_id_that_the_provider_cannot_read_is_not_adopted()
    {
        Cluster.StandIn.Faults.Arm(StandInRoute.AnthropicGet, FaultKind.BadRequest, about: "no-such-kind-of-id");
        var grain = Cluster.NewBatch();

        var outcome = await grain.AdoptAsync(
            Cluster.Alice, new AdoptBatch { Provider = BatchCluster.Anthropic, ProviderBatchId = "no-such-kind-of-id" });

        Assert.Equal("no-such-kind-of-id", BatchCluster.Refused<BatchRefusal.NotAtProvider>(outcome).ProviderBatchId);
        Assert.Null(await Cluster.Store.ReadAsync(BatchId.Parse(grain.GetPrimaryKeyString()), default));
    }

    [Fact]
    public async Task An_adopted_id_that_the_provider_could_only_refuse_later_ends_as_one_that_is_gone()
    {
        var there = Cluster.StandIn.Batches.Add(Dialect.Anthropic, "sk-secret-of-claude", ["a"]);
        Cluster.StandIn.Faults.Arm(StandInRoute.AnthropicGet, FaultKind.InternalError, about: there.Id);
        Cluster.StandIn.Faults.Arm(StandInRoute.AnthropicGet, FaultKind.BadRequest, int.MaxValue, about: there.Id);
        var adopted = BatchCluster.Accepted(await Cluster.NewBatch()
            .AdoptAsync(Cluster.Alice, new AdoptBatch { Provider = BatchCluster.Anthropic, ProviderBatchId = there.Id }));

        Assert.Equal(BatchStatus.Failed, (await Cluster.UntilDoneAsync(adopted.Id)).Status);
        BatchCluster.Accepted(await Cluster.Batch(adopted.Id).DeleteAsync(Cluster.Alice));
    }

    [Fact]
    public async Task A_batch_that_is_done_is_deleted_with_all_it_has_and_its_jobs_stay_as_their_callers_own()
    {
        var batch = await Cluster.SubmitAsync(BatchCluster.Anthropic, "a", "b");
        var grain = Cluster.Batch(batch.Id);
        var polling = await Cluster.UntilPollingAsync(batch.Id);
        BatchCluster.Refused<BatchRefusal.NotEnded>(await grain.DeleteAsync(Cluster.Alice));
        Cluster.StandIn.Batches[polling.ProviderBatchId!].Decide("b", ItemOutcome.Fails());
        Cluster.StandIn.Batches[polling.ProviderBatchId!].End();
        await Cluster.UntilDoneAsync(batch.Id);
        BatchCluster.Accepted(await grain.ResubmitFailedAsync(Cluster.Alice));
        var second = await Cluster.UntilPollingAsync(batch.Id);
        Cluster.StandIn.Batches[second.ProviderBatchId!].End();
        var done = await Cluster.UntilDoneAsync(batch.Id);

        Assert.Equal(done, BatchCluster.Accepted(await grain.DeleteAsync(Cluster.Alice)));

        Assert.Null(await grain.GetAsync(Cluster.Alice));
        Assert.IsType<BatchOutcome.NotFound>(await grain.DeleteAsync(Cluster.Alice));
        await GoneAsync(batch.Id);
        foreach (var jobId in (JobId[])[batch.JobId, done.JobId])
        {
            Assert.Equal(JobStatus.Completed, (await Cluster.Jobs.Job(jobId).GetAsync(Cluster.Alice))!.Status);
            Assert.IsType<JobOutcome.Accepted>(await Cluster.Jobs.Job(jobId).DeleteAsync(Cluster.Alice, new DeleteJob()));
        }
        var again = await Cluster.NewBatch()
            .AdoptAsync(Cluster.Alice, new AdoptBatch { Provider = BatchCluster.Anthropic, ProviderBatchId = second.ProviderBatchId! });
        BatchCluster.Accepted(again);
    }

    [Fact]
    public async Task A_batch_that_was_never_sent_is_deleted_and_its_job_cancelled()
    {
        var creates = Cluster.StandIn.Batches.All.Count;
        Cluster.StandIn.Faults.Arm(StandInRoute.AnthropicCreate, FaultKind.TooManyRequests);
        var batch = await Cluster.SubmitAsync(BatchCluster.Anthropic, "a");
        var waiting = await Cluster.UntilAsync(batch.Id, now => now.LastPollError is not null);
        Assert.Equal(BatchPhase.Submitting, waiting.Phase);

        BatchCluster.Accepted(await Cluster.Batch(batch.Id).DeleteAsync(Cluster.Alice));

        await GoneAsync(batch.Id);
        Assert.Equal(JobStatus.Cancelled, (await Cluster.JobAsync(batch)).Status);
        Assert.Equal(creates, Cluster.StandIn.Batches.All.Count);
    }

    [Fact]
    public async Task A_batch_that_is_deleted_while_it_is_uploaded_is_not_made()
    {
        await using var cluster = await BatchCluster.StartAsync();
        cluster.StandIn.Faults.Arm(StandInRoute.OpenAiUpload, new Fault(FaultKind.SlowHeaders) { Delay = TimeSpan.FromSeconds(1) });
        var batch = await cluster.SubmitAsync(BatchCluster.OpenAi, "a");
        await cluster.StandIn.Journal.WhenAsync(StandInRoute.OpenAiUpload, TestContext.Current.CancellationToken);

        BatchCluster.Accepted(await cluster.Batch(batch.Id).DeleteAsync(cluster.Alice));
        while (await cluster.Store.ReadAsync(batch.Id, TestContext.Current.CancellationToken) is not null)
        {
            cluster.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await cluster.Batch(batch.Id).WakeAsync();
        }

        Assert.Equal(0, cluster.StandIn.Journal.Creates);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_batch_is_kept_for_as_long_as_its_outcome_says(bool onPostgres)
    {
        await using var cluster = await BatchCluster.StartAsync(
            onPostgres, settings: ("Batches:RemovedRows", "1"), configure: silo =>
                silo.Services.Configure<BatchRetentionOptions>(retention => retention.Completed = TimeSpan.FromHours(1)));
        var kept = await EndedAsync(cluster, BatchCluster.Anthropic, ItemOutcome.Fails());
        var going = await EndedAsync(cluster, BatchCluster.OpenAi, ItemOutcome.Succeeds);
        cluster.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(10));
        Assert.Equal(BatchWake.Rested, await cluster.Batch(going.Id).WakeAsync());

        cluster.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal([going.Id], await cluster.Store.EndedAsync(
            BatchStatus.Completed, cluster.Clock.GetUtcNow() - TimeSpan.FromHours(1), cluster.Clock.GetUtcNow(), 10, default));
        while (await cluster.Batch(going.Id).WakeAsync() is BatchWake.Working)
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        Assert.Null(await cluster.Store.ReadAsync(going.Id, default));
        Assert.Equal(0, (await cluster.Store.CountItemsAsync(going.Id, default)).Total);
        Assert.Equal(BatchWake.Rested, await cluster.Batch(kept.Id).WakeAsync());
        Assert.NotNull(await cluster.Batch(kept.Id).GetAsync(cluster.Alice));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_resubmissions_at_once_one_is_told_that_the_batch_has_not_ended(bool onPostgres)
    {
        await using var cluster = await BatchCluster.StartAsync(onPostgres);
        var batch = await EndedAsync(cluster, BatchCluster.Anthropic, ItemOutcome.Fails());
        Assert.All(await cluster.ItemsAsync(batch.Id), item => Assert.True(item.Error!.Retryable));

        var outcomes = await Task.WhenAll(
            cluster.Batch(batch.Id).ResubmitFailedAsync(cluster.Alice), cluster.Batch(batch.Id).ResubmitFailedAsync(cluster.Alice));

        Assert.Equal(2, Assert.Single(outcomes.OfType<BatchOutcome.Accepted>()).Batch.Attempts);
        Assert.IsType<BatchRefusal.NotEnded>(Assert.Single(outcomes.OfType<BatchOutcome.Refused>()).Reason);
    }

    private async Task GoneAsync(BatchId id)
    {
        while (await Cluster.Batch(id).WakeAsync() is BatchWake.Working)
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        Assert.Null(await Cluster.Store.ReadAsync(id, default));
        Assert.Equal(0, (await Cluster.Store.CountItemsAsync(id, default)).Total);
    }

    private static async Task<BatchSnapshot> EndedAsync(BatchCluster cluster, string provider, ItemOutcome outcome)
    {
        var polling = await cluster.UntilPollingAsync((await cluster.SubmitAsync(provider, "a", "b")).Id);
        foreach (var id in (string[])["a", "b"])
            cluster.StandIn.Batches[polling.ProviderBatchId!].Decide(id, outcome);
        cluster.StandIn.Batches[polling.ProviderBatchId!].End();
        return await cluster.UntilDoneAsync(polling.Id);
    }
}
