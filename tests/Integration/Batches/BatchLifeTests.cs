using System.Text.Json.Nodes;
using JobTracker.Batches;
using JobTracker.Jobs;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.Integration.Batches;

/// <summary>A batch from its draft to its end.</summary>
public sealed class BatchLifeTests
{
    [Theory]
    [InlineData(BatchCluster.Anthropic, false)]
    [InlineData(BatchCluster.OpenAi, false)]
    [InlineData(BatchCluster.Anthropic, true)]
    [InlineData(BatchCluster.OpenAi, true)]
    public async Task A_batch_is_sent_polled_read_and_ends_as_its_items_did(string provider, bool onPostgres)
    {
        await using var cluster = await BatchCluster.StartAsync(onPostgres);
        var submitted = await cluster.SubmitAsync(provider, "a", "b", "c");
        Assert.Equal((BatchStatus.Pending, 3, 3), (submitted.Status, (int)submitted.Counts.Total, (int)submitted.Counts.Pending));
        Assert.Equal(JobStatus.Pending, (await cluster.JobAsync(submitted)).Status);

        var polling = await cluster.UntilPollingAsync(submitted.Id);
        Assert.Equal(cluster.StandIn.Batches[0].Id, polling.ProviderBatchId);
        cluster.StandIn.Batches[0].Decide("b", ItemOutcome.Fails());
        await cluster.UntilAsync(submitted.Id, batch => batch.Status is BatchStatus.Running);
        Assert.Equal(JobStatus.Running, (await cluster.JobAsync(submitted)).Status);
        cluster.StandIn.Batches[0].End();
        var done = await cluster.UntilDoneAsync(submitted.Id);

        Assert.Equal((BatchStatus.Completed, new BatchCounts(3, 0, 2, 1, 0, 0), true), (done.Status, done.Counts, done.HasPartialResults));
        Assert.Null(done.NextPollAt);
        Assert.NotNull(done.CompletedAt);
        var job = await cluster.JobAsync(done);
        Assert.Equal((JobStatus.Completed, "batch"), (job.Status, job.JobType));
        var metadata = JsonNode.Parse(job.Metadata)!;
        Assert.Equal((done.Id.ToString(), 2, true),
            ((string)metadata["batch_id"]!, (int)metadata["counts"]!["completed"]!, (bool)metadata["has_partial_results"]!));
        var lines = (await cluster.ResultsAsync(done.Id)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["a", "b", "c"], lines.Select(line => (string)JsonNode.Parse(line)!["custom_id"]!));
        Assert.Equal([ItemStatus.Completed, ItemStatus.Failed, ItemStatus.Completed], (await cluster.ItemsAsync(done.Id))
            .Select(item => item.Status));
        Assert.Equal(1, cluster.StandIn.Journal.Creates);
        Assert.Single(cluster.StandIn.Journal.Hosts);
    }

    [Theory]
    [InlineData(BatchCluster.Anthropic)]
    [InlineData(BatchCluster.OpenAi)]
    public async Task Cancelling_keeps_what_was_done_before(string provider)
    {
        await using var cluster = await BatchCluster.StartAsync();
        var batch = await cluster.SubmitAsync(provider, [.. Enumerable.Range(0, 20).Select(number => BatchCluster.Item($"i-{number:00}"))]);
        await cluster.UntilPollingAsync(batch.Id);
        cluster.StandIn.Batches[0].Start();
        cluster.StandIn.Batches[0].FinishFirst(10);

        var cancelled = BatchCluster.Accepted(await cluster.Batch(batch.Id).CancelAsync(cluster.Alice));
        Assert.NotNull(cancelled.CancelRequestedAt);
        Assert.IsType<BatchOutcome.AlreadyDone>(await cluster.Batch(batch.Id).CancelAsync(cluster.Alice));
        var done = await cluster.UntilDoneAsync(batch.Id);

        Assert.Equal(
            (BatchStatus.Cancelled, new BatchCounts(20, 0, 10, 0, 10, 0), true), (done.Status, done.Counts, done.HasPartialResults));
        Assert.Equal(JobStatus.Cancelled, (await cluster.JobAsync(done)).Status);
        Assert.Equal(20, (await cluster.ItemsAsync(done.Id)).Length);
        Assert.Equal(1, cluster.StandIn.Journal.Count(
            provider == BatchCluster.Anthropic ? StandInRoute.AnthropicCancel : StandInRoute.OpenAiCancel));
        Assert.IsType<BatchOutcome.AlreadyDone>(await cluster.Batch(batch.Id).CancelAsync(cluster.Alice));
    }

    [Theory]
    [InlineData(BatchCluster.Anthropic)]
    [InlineData(BatchCluster.OpenAi)]
    public async Task A_batch_that_expires_after_24_hours_keeps_what_was_done_before(string provider)
    {
        await using var cluster = await BatchCluster.StartAsync();
        var batch = await cluster.SubmitAsync(provider, "a", "b", "c");
        await cluster.UntilPollingAsync(batch.Id);
        cluster.StandIn.Batches[0].Start();
        cluster.StandIn.Batches[0].FinishFirst(1);

        cluster.Clock.Advance(TimeSpan.FromHours(24));
        var done = await cluster.UntilDoneAsync(batch.Id);

        Assert.Equal((BatchStatus.Expired, new BatchCounts(3, 0, 1, 0, 0, 2), true), (done.Status, done.Counts, done.HasPartialResults));
        Assert.Equal(JobStatus.Expired, (await cluster.JobAsync(done)).Status);
    }

    [Theory]
    [InlineData(Dialect.Anthropic, BatchCluster.Anthropic)]
    [InlineData(Dialect.OpenAi, BatchCluster.OpenAi)]
    public async Task An_adopted_batch_has_the_items_that_its_results_name(Dialect dialect, string provider)
    {
        await using var cluster = await BatchCluster.StartAsync();
        var elsewhere = cluster.StandIn.Batches.Add(dialect, $"sk-secret-of-{provider}", ["x", "y", "a line with spaces"]);
        elsewhere.Decide("y", ItemOutcome.Fails());
        elsewhere.End();

        var grain = cluster.NewBatch();
        var adopted = BatchCluster.Accepted(
            await grain.AdoptAsync(cluster.Alice, new AdoptBatch { Provider = provider, ProviderBatchId = elsewhere.Id }));
        var done = await cluster.UntilDoneAsync(adopted.Id);

        Assert.Equal((BatchStatus.Completed, new BatchCounts(3, 0, 2, 1, 0, 0)), (done.Status, done.Counts));
        Assert.Equal(["a line with spaces", "x", "y"], (await cluster.ItemsAsync(done.Id)).Select(item => item.CustomId));
        Assert.Equal(0, cluster.StandIn.Journal.Creates);
        Assert.Equal(
            done.Id, Assert.IsType<BatchOutcome.AlreadyDone>(await cluster.NewBatch()
                .AdoptAsync(cluster.Alice, new AdoptBatch { Provider = provider, ProviderBatchId = elsewhere.Id })).Batch.Id);
    }
}
