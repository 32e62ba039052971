using JobTracker.Batches;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Jobs;

namespace JobTracker.Tests.Integration.Batches;

/// <summary>A batch and its own job: the batch writes it, and nobody else.</summary>
public sealed class BatchJobTests(BatchClusterFixture fixture) : IClassFixture<BatchClusterFixture>
{
    private BatchCluster Cluster => fixture.Cluster;

    [Fact]
    public async Task The_job_of_a_batch_is_refused_to_callers_and_ends_by_the_batchs_own_cancel()
    {
        var batch = await Cluster.SubmitAsync(BatchCluster.Anthropic, "a");
        await Cluster.UntilPollingAsync(batch.Id);
        var job = Cluster.Jobs.Job(batch.JobId);

        foreach (var outcome in (JobOutcome[])
        [
            await job.CancelAsync(Cluster.Alice, new CancelJob()),
            await job.UpdateAsync(Cluster.Alice, new UpdateJob { Status = JobStatus.Completed }),
            await job.UpdateAsync(Cluster.Alice,
                new UpdateJob { ExpiresAt = Change.To<DateTimeOffset?>(new DateTimeOffset(2999, 1, 1, 0, 0, 0, TimeSpan.Zero)) }),
            await job.HeartbeatAsync(Cluster.Alice, new Heartbeat()),
            await job.DeleteAsync(Cluster.Alice, new DeleteJob()),
            await job.CancelAsync(Cluster.Alice with { UserId = Act.System }, new CancelJob()),
        ])
        {
            Assert.Equal(batch.Id, Assert.IsType<Refusal.JobFollowsBatch>(Assert.IsType<JobOutcome.Refused>(outcome).Reason).Batch);
        }
        Assert.IsType<JobOutcome.Accepted>(await job.UpdateAsync(Cluster.Alice, new UpdateJob { MetadataPatch = """{"mine":1}""" }));
        Assert.Equal(JobStatus.Running, (await Cluster.JobAsync(batch)).Status);

        BatchCluster.Accepted(await Cluster.Batch(batch.Id).CancelAsync(Cluster.Alice));
        var done = await Cluster.UntilDoneAsync(batch.Id);

        var ended = await Cluster.JobAsync(batch);
        Assert.Equal((BatchStatus.Cancelled, JobStatus.Cancelled), (done.Status, ended.Status));
        Assert.Contains("\"mine\":1", ended.Metadata, StringComparison.Ordinal);
    }
}
