using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Jobs;
using JobTracker.Storage;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.LateWrites;

/// <summary>A write of a job that was given up, and comes after all.</summary>
public sealed class LateJobWriteTests : IAsyncLifetime
{
    private SilentCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await SilentCluster.StartAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task A_write_whose_outcome_was_not_known_does_not_come_after_its_job_was_read()
    {
        var job = await CreateAsync();
        _cluster.Proxy.Freeze();
        _cluster.Proxy.Refuses = true;
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => job.UpdateAsync(SilentCluster.Caller, ToRunning));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => job.GetAsync(SilentCluster.Caller));

        _cluster.Proxy.Refuses = false;
        var read = await ReadAsync(job);
        await _cluster.ThawAsync();

        Assert.Equal(read.Version, (await _cluster.Database.ReadAsync(read.Id))!.Snapshot.Version);
        Assert.Equal(read.Version, (await job.GetAsync(SilentCluster.Caller))!.Version);
    }

    [Fact]
    public async Task A_write_on_a_silent_connection_is_done_on_another_one_and_once()
    {
        var job = await CreateAsync();
        _cluster.Proxy.Freeze();

        var outcome = Assert.IsType<JobOutcome.Accepted>(await job.UpdateAsync(SilentCluster.Caller, ToRunning));
        await _cluster.ThawAsync();

        Assert.Equal((2, JobStatus.Running), (outcome.Job.Version, outcome.Job.Status));
        Assert.Equal(2, (await _cluster.Database.ReadAsync(outcome.Job.Id))!.Snapshot.Version);
        Assert.Equal(await _cluster.Database.RecountAsync("org-1"), await _cluster.Database.CountsAsync("org-1"));
    }

    /// <summary>As a silo that died may leave it behind: the row was read, and then written under its reader.</summary>
    [Fact]
    public async Task A_wake_of_a_job_whose_row_is_ahead_of_its_activation_does_what_the_row_says()
    {
        await using var receiver = await TestReceiver.StartAsync();
        var made = await CreateAsync(receiver.Url());
        var before = (await _cluster.Database.ReadAsync((await ReadAsync(made)).Id))!;
        var waiting = made.WaitForChangeAsync(SilentCluster.Caller, before.Snapshot.Version, TimeSpan.FromSeconds(5), default);
        var late = Owing(before);
        Assert.IsType<JobWriteResult.Stored>(await _cluster.Database.WriteAsync(late));

        await made.WakeAsync();

        Assert.Equal(JobStatus.Completed, (await made.GetAsync(SilentCluster.Caller))!.Status);
        Assert.NotNull(await receiver.NextAsync());
        Assert.Equal(JobStatus.Completed, (await waiting.Soon())!.Snapshots[^1].Status);
    }

    private static UpdateJob ToRunning => new() { Status = JobStatus.Running };

    /// <summary>The third of the writer's statements: it is not about to plan the fourth.</summary>
    private async Task<IJobGrain> CreateAsync(string? callback = null)
    {
        IJobGrain job = null!;
        for (var i = 0; i < 3; i++)
        {
            job = _cluster.Grains.GetGrain<IJobGrain>(JobId.New(TimeProvider.System).ToString());
            var command = new CreateJob { Status = JobStatus.Pending, CallbackUrl = callback };
            Assert.IsType<JobOutcome.Accepted>(await job.CreateAsync(SilentCluster.Caller, command));
        }

        return job;
    }

    /// <summary>A completed job that owes its callback since a moment ago.</summary>
    private static JobWrite Owing(Job job)
    {
        var now = TimeProvider.System.GetUtcNow();
        var done = job.Enter(JobStatus.Completed);
        done = done.With(row => row with
        {
            CompletedAt = now,
            UpdatedAt = now,
            Callback = row.Callback! with { NextAttemptAt = now },
        });
        return job.Replace(done with { DueAt = now });
    }

    private static async Task<JobSnapshot> ReadAsync(IJobGrain job)
    {
        JobSnapshot? read = null;
        await Until.TrueAsync(async () =>
        {
            try
            {
                read = await job.GetAsync(SilentCluster.Caller);
                return true;
            }
            catch (StorageUnavailableException)
            {
                return false;
            }
        });
        return read!;
    }
}
