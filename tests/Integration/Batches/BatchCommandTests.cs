using System.Text;
using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Grains.Batches.Life;
using JobTracker.Jobs;
using JobTracker.Tests.StandIn.Batches;

namespace JobTracker.Tests.Integration.Batches;

/// <summary>What commands are refused, what is harmless to repeat, and who sees what.</summary>
public sealed class BatchCommandTests(BatchClusterFixture fixture) : IClassFixture<BatchClusterFixture>
{
    private BatchCluster Cluster => fixture.Cluster;

    private Caller Mallory { get; } = new("org-of-mallory", "mallory");

    [Fact]
    public async Task A_draft_is_nobodys_before_it_is_submitted()
    {
        var grain = Cluster.NewBatch();
        BatchCluster.Accepted(await grain.BeginAsync(Cluster.Alice, BatchCluster.Begin(BatchCluster.Anthropic)));

        Assert.IsType<BatchOutcome.AlreadyDone>(await grain.BeginAsync(Cluster.Alice, BatchCluster.Begin(BatchCluster.Anthropic)));
        Assert.Null(await grain.GetAsync(Cluster.Alice));
        Assert.IsType<BatchOutcome.NotFound>(await grain.CancelAsync(Cluster.Alice));
        Assert.IsType<BatchOutcome.NotFound>(await grain.AddItemsAsync(Mallory, new ItemChunk(0, [BatchCluster.Item("a")])));
        await grain.DiscardAsync(Mallory);
        BatchCluster.Accepted(await grain.AddItemsAsync(Cluster.Alice, new ItemChunk(0, [BatchCluster.Item("a")])));
        Assert.IsType<BatchOutcome.AlreadyDone>(await grain.AddItemsAsync(Cluster.Alice, new ItemChunk(0, [BatchCluster.Item("a")])));
        Assert.Equal(1, BatchCluster.Refused<BatchRefusal.OutOfOrder>(
            await grain.AddItemsAsync(Cluster.Alice, new ItemChunk(2, [BatchCluster.Item("b")]))).Received);
        Assert.Equal("a", BatchCluster.Refused<BatchRefusal.DuplicateCustomId>(
            await grain.AddItemsAsync(Cluster.Alice, new ItemChunk(1, [BatchCluster.Item("b"), BatchCluster.Item("a")]))).CustomId);
        Assert.Equal(1, BatchCluster.Refused<BatchRefusal.OutOfOrder>(
            await grain.SubmitAsync(Cluster.Alice, new SubmitBatch { ItemCount = 2 })).Received);
        await grain.DiscardAsync(Cluster.Alice);
        Assert.IsType<BatchOutcome.NotFound>(await grain.SubmitAsync(Cluster.Alice, new SubmitBatch { ItemCount = 1 }));
        Assert.Equal(0, (await Cluster.Store.CountItemsAsync(BatchId.Parse(grain.GetPrimaryKeyString()), default)).Total);
    }

    [Fact]
    public async Task A_draft_that_is_left_alone_goes_after_an_hour()
    {
        var grain = Cluster.NewBatch();
        BatchCluster.Accepted(await grain.BeginAsync(Cluster.Alice, BatchCluster.Begin(BatchCluster.Anthropic)));
        Assert.Equal(BatchWake.Rested, await grain.WakeAsync());

        Cluster.Clock.Advance(Batch.DraftLife);
        Assert.Equal(BatchWake.Worked, await grain.WakeAsync());

        Assert.Null(await Cluster.Store.ReadAsync(BatchId.Parse(grain.GetPrimaryKeyString()), default));
    }

    [Theory]
    [InlineData("no-such-account", null, null, null, "provider")]
    [InlineData(BatchCluster.OpenAi, null, null, null, "endpoint")]
    [InlineData(BatchCluster.OpenAi, "v1/chat", null, null, "endpoint")]
    [InlineData(BatchCluster.Anthropic, "/v1/messages", null, null, "endpoint")]
    [InlineData(BatchCluster.Anthropic, null, "[]", null, "metadata")]
    [InlineData(BatchCluster.Anthropic, null, null, "ftp://example.org", "callback_url")]
    public async Task A_create_is_refused_before_anything_is_stored(
        string provider, string? endpoint, string? metadata, string? callback, string field)
    {
        var grain = Cluster.NewBatch();
        var outcome = await grain.BeginAsync(
            Cluster.Alice, new BeginBatch { Provider = provider, Endpoint = endpoint, Metadata = metadata, CallbackUrl = callback });

        Assert.Equal(field, BatchCluster.Refused<BatchRefusal.InvalidField>(outcome).Field);
        Assert.Null(await Cluster.Store.ReadAsync(BatchId.Parse(grain.GetPrimaryKeyString()), default));
    }

    [Theory]
    [InlineData("bad id", "{}", "custom_id")]
    [InlineData("", "{}", "custom_id")]
    [InlineData("a", "[]", "params")]
    [InlineData("a", "{", "params")]
    [InlineData("a", "{} {}", "params")]
    public async Task A_malformed_item_is_refused_with_its_position(string customId, string parameters, string field)
    {
        var grain = Cluster.NewBatch();
        BatchCluster.Accepted(await grain.BeginAsync(Cluster.Alice, BatchCluster.Begin(BatchCluster.Anthropic)));
        var bad = new NewItem { CustomId = customId, Params = Encoding.UTF8.GetBytes(parameters) };

        var refusal = BatchCluster.Refused<BatchRefusal.InvalidItem>(
            await grain.AddItemsAsync(Cluster.Alice, new ItemChunk(0, [BatchCluster.Item("good"), bad])));

        Assert.Equal((1L, field), (refusal.Position, refusal.Field));
    }

    [Fact]
    public async Task One_key_makes_one_batch_however_often_it_is_sent()
    {
        var submit = new SubmitBatch { ItemCount = 1, IdempotencyKey = $"key-{BatchId.New(Cluster.Clock)}", Fingerprint = "f" };
        var made = Cluster.StandIn.Batches.All.Count;
        var both = await Task.WhenAll(DraftedAsync(), DraftedAsync());
        var outcomes = await Task.WhenAll(both.Select(grain => grain.SubmitAsync(Cluster.Alice, submit)));

        var first = Assert.Single(outcomes.OfType<BatchOutcome.Accepted>()).Batch;
        Assert.Equal(first.Id, Assert.Single(outcomes.OfType<BatchOutcome.AlreadyDone>()).Batch.Id);
        await Cluster.UntilPollingAsync(first.Id);
        Assert.Equal(1, Cluster.StandIn.Batches.All.Count - made);
        BatchCluster.Refused<BatchRefusal.IdempotencyKeyReused>(
            await (await DraftedAsync()).SubmitAsync(Cluster.Alice, submit with { Fingerprint = "other" }));
    }

    [Fact]
    public async Task Another_organizations_batch_does_not_exist()
    {
        var batch = await Cluster.SubmitAsync(BatchCluster.Anthropic, "a");
        var polling = await Cluster.UntilPollingAsync(batch.Id);
        var grain = Cluster.Batch(batch.Id);

        Assert.Null(await grain.GetAsync(Mallory));
        Assert.IsType<BatchOutcome.NotFound>(await grain.CancelAsync(Mallory));
        Assert.IsType<BatchOutcome.NotFound>(await grain.RefreshAsync(Mallory));
        Assert.IsType<BatchOutcome.NotFound>(await grain.ResubmitFailedAsync(Mallory));
        Assert.IsType<BatchOutcome.NotFound>(await grain.BeginAsync(Mallory, BatchCluster.Begin(BatchCluster.Anthropic)));
        Assert.Null(await grain.ListItemsAsync(Mallory, new ItemQuery()));
        Assert.Null(await grain.GetItemAsync(Mallory, "a"));
        Assert.Null(await grain.ReadResultsAsync(Mallory, null, 1 << 16));
        Assert.Empty((await Cluster.Catalog.ListAsync(Mallory, new BatchQuery())).Batches);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(
            () => Cluster.Catalog.ListAsync(Mallory, new BatchQuery { OrganizationId = Cluster.Alice.OrganizationId }));

        var stolen = await Cluster.NewBatch()
            .AdoptAsync(Mallory, new AdoptBatch { Provider = BatchCluster.Anthropic, ProviderBatchId = polling.ProviderBatchId! });
        var missing = await Cluster.NewBatch()
            .AdoptAsync(Mallory, new AdoptBatch { Provider = BatchCluster.Anthropic, ProviderBatchId = "msgbatch_none" });
        Assert.IsType<BatchRefusal.NotAtProvider>(Assert.IsType<BatchOutcome.Refused>(stolen).Reason);
        Assert.IsType<BatchRefusal.NotAtProvider>(Assert.IsType<BatchOutcome.Refused>(missing).Reason);
    }

    [Fact]
    public async Task Linked_jobs_end_as_their_items_did_and_one_that_ended_before_is_left_alone()
    {
        JobId[] jobs = [.. await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            var id = JobId.New(Cluster.Clock);
            await Cluster.Jobs.Job(id).CreateAsync(Cluster.Alice, new CreateJob());
            return id;
        }))];
        var foreign = JobId.New(Cluster.Clock);
        await Cluster.Jobs.Job(foreign).CreateAsync(Mallory, new CreateJob { Status = JobStatus.Running });
        await Cluster.Jobs.Job(jobs[2]).CancelAsync(Cluster.Alice, new CancelJob());
        var batch = await Cluster.SubmitAsync(
            BatchCluster.Anthropic,
            [BatchCluster.Item("a", jobs[0]), BatchCluster.Item("b", jobs[1]), BatchCluster.Item("c", jobs[2]),
                BatchCluster.Item("d", foreign), BatchCluster.Item("e"), BatchCluster.Item("f", jobs[3])]);
        var polling = await Cluster.UntilPollingAsync(batch.Id);
        Cluster.StandIn.Batches[polling.ProviderBatchId!].Decide("b", ItemOutcome.Fails());
        Cluster.StandIn.Batches[polling.ProviderBatchId!].Decide("f", ItemOutcome.Cancels);
        Cluster.StandIn.Batches[polling.ProviderBatchId!].End();

        await Cluster.UntilDoneAsync(batch.Id);

        var ended = await Task.WhenAll(jobs.Select(id => Cluster.Jobs.Job(id).GetAsync(Cluster.Alice)));
        Assert.Equal([JobStatus.Completed, JobStatus.Failed, JobStatus.Cancelled, JobStatus.Cancelled], ended.Select(job => job!.Status));
        Assert.Equal("invalid_request_error", ended[1]!.Error!.Code);
        Assert.Equal(JobStatus.Running, (await Cluster.Jobs.Job(foreign).GetAsync(Mallory))!.Status);
        Assert.Equal([null, null, "cancelled", "not_found", null, null], (await Cluster.ItemsAsync(batch.Id)).Select(item => item.JobNote));
    }

    [Fact]
    public async Task What_failed_goes_out_again_under_the_same_batch()
    {
        var batch = await Cluster.SubmitAsync(BatchCluster.Anthropic, "a", "b", "c");
        BatchCluster.Refused<BatchRefusal.NotEnded>(await Cluster.Batch(batch.Id).ResubmitFailedAsync(Cluster.Alice));
        var polling = await Cluster.UntilPollingAsync(batch.Id);
        Cluster.StandIn.Batches[polling.ProviderBatchId!].Decide("b", ItemOutcome.Fails());
        Cluster.StandIn.Batches[polling.ProviderBatchId!].End();
        var first = await Cluster.UntilDoneAsync(batch.Id);

        var again = BatchCluster.Accepted(await Cluster.Batch(batch.Id).ResubmitFailedAsync(Cluster.Alice));
        Assert.Equal((2, BatchStatus.Pending, new BatchCounts(3, 1, 2, 0, 0, 0)), (again.Attempts, again.Status, again.Counts));
        Assert.NotEqual(first.JobId, again.JobId);
        var second = await Cluster.UntilPollingAsync(batch.Id);
        Assert.Equal(["b"], Cluster.StandIn.Batches[second.ProviderBatchId!].Items.Select(item => item.CustomId));
        Cluster.StandIn.Batches[second.ProviderBatchId!].End();
        var done = await Cluster.UntilDoneAsync(batch.Id);

        Assert.Equal((BatchStatus.Completed, new BatchCounts(3, 0, 3, 0, 0, 0), false), (done.Status, done.Counts, done.HasPartialResults));
        Assert.Equal([1, 2, 1], (await Cluster.ItemsAsync(batch.Id)).Select(item => item.Attempt));
        Assert.Equal(
            (JobStatus.Completed, JobStatus.Completed), ((await Cluster.JobAsync(first)).Status, (await Cluster.JobAsync(done)).Status));
        BatchCluster.Refused<BatchRefusal.NothingToResubmit>(await Cluster.Batch(batch.Id).ResubmitFailedAsync(Cluster.Alice));
    }

    private async Task<IBatchGrain> DraftedAsync()
    {
        var grain = Cluster.NewBatch();
        BatchCluster.Accepted(await grain.BeginAsync(Cluster.Alice, BatchCluster.Begin(BatchCluster.Anthropic)));
        BatchCluster.Accepted(await grain.AddItemsAsync(Cluster.Alice, new ItemChunk(0, [BatchCluster.Item("a")])));
        return grain;
    }
}
