using JobTracker.Client;
using JobTracker.Jobs;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Client;

public sealed class CallbackTests(ClientCluster cluster) : IClassFixture<ClientCluster>
{
    private static readonly UpdateJob Complete = new() { Status = JobStatus.Completed };

    [Fact]
    public async Task A_callback_is_sent_listed_and_sent_again_and_the_secret_verifies_it()
    {
        await using var receiver = await TestReceiver.StartAsync();
        var tracker = cluster.Tracker("org-callbacks");
        var job = await tracker.CreateAsync(new CreateJob { Status = JobStatus.Running, CallbackUrl = receiver.Url() });
        await job.UpdateAsync(Complete);
        Assert.True(
            (await receiver.NextAsync()).IsSignedWith((await tracker.GetCallbackSecretAsync()).Secret, TimeProvider.System.GetUtcNow()));
        await job.RedeliverCallbackAsync();
        var rotated = await tracker.RotateCallbackSecretAsync();
        Assert.Equal(rotated, await tracker.GetCallbackSecretAsync());
        Assert.Equal((await receiver.NextAsync()).Id, $"msg_{job.Id}_completed");
        Assert.All((await job.GetCallbackAttemptsAsync())!.Attempts, attempt => Assert.Equal(204, attempt.StatusCode));
    }

    [Fact]
    public async Task What_cannot_be_sent_again_is_refused_and_of_no_job_there_are_no_attempts()
    {
        var tracker = cluster.Tracker("org-callbacks");
        var job = await tracker.CreateAsync(new CreateJob());
        var refused = await Assert.ThrowsAsync<JobRefusedException>(() => job.RedeliverCallbackAsync());
        Assert.Equal($"{job.Id}: The job has no callback_url.", refused.Message);
        Assert.Empty((await job.GetCallbackAttemptsAsync())!.Attempts);
        Assert.Null(await tracker.GetCallbackAttemptsAsync(JobId.New(TimeProvider.System)));
        await Assert.ThrowsAsync<JobNotFoundException>(() => tracker.RedeliverCallbackAsync(JobId.New(TimeProvider.System)));
    }
}
