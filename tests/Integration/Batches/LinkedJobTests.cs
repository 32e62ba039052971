using JobTracker.Batches;
using JobTracker.Jobs;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Batches;

/// <summary>Jobs that cannot be told, and those beside them.</summary>
public sealed class LinkedJobTests
{
    private const int Rounds = 3;

    [Fact]
    public async Task A_linked_job_that_cannot_be_read_holds_up_nobody_and_is_told_once_it_can()
    {
        await using var cluster = await BatchCluster.StartAsync(settings: ("Batches:LinkedJobRounds", $"{Rounds}"));
        var (batch, jobs) = await EndedAsync(cluster);
        cluster.Jobs.Store.Unreadable = jobs[1];

        var waiting = await cluster.UntilAsync(batch.Id, now => now.Status.IsTerminal && now.NextPollAt > cluster.Clock.GetUtcNow());

        Assert.Equal(
            (JobStatus.Completed, JobStatus.Completed), (await StatusAsync(cluster, jobs[0]), await StatusAsync(cluster, jobs[2])));
        Assert.Equal(JobStatus.Completed, (await cluster.JobAsync(waiting)).Status);
        Assert.Equal(BatchPhase.PostProcessing, waiting.Phase);
        Assert.Contains("item b", waiting.PostProcessingError, StringComparison.Ordinal);

        cluster.Jobs.Store.Unreadable = null;
        var done = await cluster.UntilDoneAsync(batch.Id);

        Assert.Equal(JobStatus.Completed, await StatusAsync(cluster, jobs[1]));
        Assert.Null(done.PostProcessingError);
        Assert.All(await cluster.ItemsAsync(batch.Id), item => Assert.Null(item.JobNote));
    }

    [Fact]
    public async Task A_linked_job_that_can_never_be_told_is_given_up_and_noted()
    {
        await using var cluster = await BatchCluster.StartAsync(settings: ("Batches:LinkedJobRounds", $"{Rounds}"));
        var (batch, jobs) = await EndedAsync(cluster);
        cluster.Jobs.Store.Unreadable = jobs[1];

        var done = await cluster.UntilDoneAsync(batch.Id);

        Assert.Equal([null, "not_told", null], (await cluster.ItemsAsync(batch.Id)).Select(item => item.JobNote));
        Assert.Contains("1 linked jobs were never told, such as that of item b", done.PostProcessingError, StringComparison.Ordinal);
        Assert.Equal(Rounds - 1, (await cluster.Store.ReadAsync(batch.Id, default))!.Attempt.ItemJobRounds);
        Assert.True(done.CompletedAt < cluster.Clock.GetUtcNow() - TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_linked_job_that_refuses_the_news_is_not_taken_for_told()
    {
        await using var cluster = await BatchCluster.StartAsync(settings: ("Batches:LinkedJobRounds", $"{Rounds}"));
        // The job of another batch: it follows that batch alone.
        var other = await cluster.SubmitAsync(BatchCluster.OpenAi, "x");
        var batch = await cluster.SubmitAsync(BatchCluster.Anthropic, [BatchCluster.Item("a", other.JobId)]);
        var polling = await cluster.UntilPollingAsync(batch.Id);
        cluster.StandIn.Batches[polling.ProviderBatchId!].End();

        var done = await cluster.UntilDoneAsync(batch.Id);

        Assert.Equal("not_told", Assert.Single(await cluster.ItemsAsync(batch.Id)).JobNote);
        Assert.Contains("such as that of item a: the job stays", done.PostProcessingError, StringComparison.Ordinal);
        Assert.False((await cluster.JobAsync(other)).Status.IsTerminal);
    }

    [Fact]
    public async Task A_report_that_the_batchs_job_did_not_take_is_made_again()
    {
        await using var cluster = await BatchCluster.StartAsync();
        var batch = await cluster.SubmitAsync(BatchCluster.Anthropic, "a");
        var polling = await cluster.UntilPollingAsync(batch.Id);
        cluster.StandIn.Batches[polling.ProviderBatchId!].End();
        cluster.Jobs.Store.OtherwiseOfWrites = PlannedFault.Bug;

        var waiting = await cluster.UntilAsync(
            batch.Id, now => now.PostProcessingError is not null && now.Status.IsTerminal && now.NextPollAt > cluster.Clock.GetUtcNow());
        Assert.NotEqual(waiting.Status, (await cluster.Store.ReadAsync(batch.Id, default))!.Attempt.JobTold);
        Assert.Contains("was not told", waiting.PostProcessingError, StringComparison.Ordinal);

        cluster.Jobs.Store.OtherwiseOfWrites = null;
        var done = await cluster.UntilDoneAsync(batch.Id);

        Assert.Equal((BatchStatus.Completed, null, false), (done.Status, done.PostProcessingError, done.NeedsAttention));
        Assert.Equal(JobStatus.Completed, (await cluster.JobAsync(done)).Status);
    }

    private static async Task<(BatchSnapshot Batch, JobId[] Jobs)> EndedAsync(BatchCluster cluster)
    {
        JobId[] jobs = [.. Enumerable.Range(0, 3).Select(_ => JobId.New(cluster.Clock))];
        await cluster.Jobs.Job(jobs[0]).CreateAsync(cluster.Alice, new CreateJob());
        await cluster.Jobs.Job(jobs[2]).CreateAsync(cluster.Alice, new CreateJob());
        // The second is stored but known to no grain, so that the first to ask must read its row.
        await cluster.Jobs.Database.InsertAsync(JobRows.New(cluster.Alice.OrganizationId, jobs[1]));
        var batch = await cluster.SubmitAsync(
            BatchCluster.Anthropic, [BatchCluster.Item("a", jobs[0]), BatchCluster.Item("b", jobs[1]), BatchCluster.Item("c", jobs[2])]);
        var polling = await cluster.UntilPollingAsync(batch.Id);
        cluster.StandIn.Batches[polling.ProviderBatchId!].End();
        return (batch, jobs);
    }

    private static async Task<JobStatus> StatusAsync(BatchCluster cluster, JobId id) =>
        (await cluster.Jobs.Job(id).GetAsync(cluster.Alice))!.Status;
}
