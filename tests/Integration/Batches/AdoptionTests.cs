using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Storage;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Faults;
using JobTracker.Tests.StandIn.Wire;
using BatchPhase = JobTracker.Batches.BatchPhase;

namespace JobTracker.Tests.Integration.Batches;

/// <summary>What a lost create made is that create's batch, also when somebody adopts it.</summary>
public sealed class AdoptionTests(BatchClusterFixture fixture) : IClassFixture<BatchClusterFixture>, IDisposable
{
    private BatchCluster Cluster => fixture.Cluster;

    public void Dispose() => Cluster.StandIn.Faults.Clear();

    [Theory]
    [InlineData(BatchCluster.Anthropic, StandInRoute.AnthropicCreate, StandInRoute.AnthropicList)]
    [InlineData(BatchCluster.OpenAi, StandInRoute.OpenAiCreate, StandInRoute.OpenAiList)]
    public async Task Adopting_what_a_lost_create_may_have_made_settles_it(string provider, StandInRoute create, StandInRoute list)
    {
        var (made, creates) = (Cluster.StandIn.Batches.All.Count, Cluster.StandIn.Journal.Creates);
        Cluster.StandIn.Faults.Arm(create, FaultKind.LostAnswer);
        Cluster.StandIn.Faults.Arm(list, new Fault(FaultKind.LaggingList) { Delay = TimeSpan.FromDays(2) }, int.MaxValue);
        var lost = await Cluster.SubmitAsync(provider, "a", "b");
        Assert.Equal(BatchPhase.SubmissionUnknown, (await Cluster.WakeAsync(lost.Id)).Phase);
        var there = Cluster.StandIn.Batches[made];

        var mallory = await AdoptAsync(provider, there.Id, new Caller("org-of-mallory", "mallory"));
        var adopted = Assert.IsType<BatchOutcome.AlreadyDone>(await AdoptAsync(provider, there.Id)).Batch;
        var again = Assert.IsType<BatchOutcome.AlreadyDone>(await AdoptAsync(provider, there.Id)).Batch;
        there.End();
        var done = await Cluster.UntilDoneAsync(lost.Id);

        BatchCluster.Refused<BatchRefusal.NotAtProvider>(mallory);
        Assert.Equal((lost.Id, lost.JobId, there.Id, lost.Id), (adopted.Id, adopted.JobId, adopted.ProviderBatchId, again.Id));
        Assert.Equal((BatchStatus.Completed, 2, 1), (done.Status, (int)done.Counts.Completed, Cluster.StandIn.Journal.Creates - creates));
    }

    [Fact]
    public async Task A_batch_of_another_size_or_file_settles_nothing()
    {
        Cluster.StandIn.Faults.Arm(StandInRoute.AnthropicCreate, FaultKind.LostAnswer);
        Cluster.StandIn.Faults.Arm(StandInRoute.OpenAiCreate, FaultKind.LostAnswer);
        var claude = await Cluster.SubmitAsync(BatchCluster.Anthropic, "a", "b");
        var gpt = await Cluster.SubmitAsync(BatchCluster.OpenAi, "a", "b");
        await Cluster.WakeAsync(claude.Id);
        await Cluster.WakeAsync(gpt.Id);

        foreach (var (provider, dialect, ids) in new[] { (BatchCluster.Anthropic, Dialect.Anthropic, (string[])["a"]),
            (BatchCluster.OpenAi, Dialect.OpenAi, ["a", "b"]) })
        {
            var elsewhere = Cluster.StandIn.Batches.Add(dialect, $"sk-secret-of-{provider}", ids);
            var adopted = BatchCluster.Accepted(await AdoptAsync(provider, elsewhere.Id));
            Assert.Equal(elsewhere.Id, adopted.ProviderBatchId);
        }
        Assert.Equal(BatchPhase.SubmissionUnknown, (await Cluster.Batch(claude.Id).GetAsync(Cluster.Alice))!.Phase);
        Assert.Equal(BatchPhase.SubmissionUnknown, (await Cluster.Batch(gpt.Id).GetAsync(Cluster.Alice))!.Phase);
    }

    [Fact]
    public async Task What_a_create_under_way_may_make_is_nobodys_before_it_has_been_answered()
    {
        var made = Cluster.StandIn.Batches.All.Count;
        Cluster.StandIn.Faults.Arm(StandInRoute.AnthropicCreate, FaultKind.HangMidBody);
        var batch = await Cluster.SubmitAsync(BatchCluster.Anthropic, "a", "b", "c", "d");
        while (Cluster.StandIn.Batches.All.Count == made)
            Assert.Equal(BatchPhase.Submitting, (await Cluster.Batch(batch.Id).GetAsync(Cluster.Alice))!.Phase);
        var there = Cluster.StandIn.Batches[made];

        await Assert.ThrowsAsync<StorageUnavailableException>(() => AdoptAsync(BatchCluster.Anthropic, there.Id));
        await Cluster.WakeAsync(batch.Id);
        Assert.Equal(batch.Id, Assert.IsType<BatchOutcome.AlreadyDone>(await AdoptAsync(BatchCluster.Anthropic, there.Id)).Batch.Id);
    }

    [Fact]
    public async Task Nothing_is_adopted_unseen_while_a_create_is_lost()
    {
        Cluster.StandIn.Faults.Arm(StandInRoute.OpenAiCreate, FaultKind.LostAnswer);
        var lost = await Cluster.SubmitAsync(BatchCluster.OpenAi, "a");
        await Cluster.WakeAsync(lost.Id);
        Cluster.StandIn.Faults.Arm(StandInRoute.OpenAiGet, FaultKind.InternalError);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => AdoptAsync(BatchCluster.OpenAi, Cluster.StandIn.Batches.All[^1].Id));
    }

    private Task<BatchOutcome> AdoptAsync(string provider, string providerBatchId, Caller? caller = null) =>
        Cluster.NewBatch().AdoptAsync(caller ?? Cluster.Alice, new AdoptBatch { Provider = provider, ProviderBatchId = providerBatchId });
}
