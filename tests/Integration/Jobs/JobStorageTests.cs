using JobTracker.Grains.Batches.Rules;
using JobTracker.Jobs;
using JobTracker.Storage;
using JobTracker.Tests.Integration.Support;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Jobs;

/// <summary>What a job answers while, and after, its storage is slow, broken or a step ahead.</summary>
public abstract class JobStorageTests(JobClusterFixture fixture) : JobClusterTests(fixture)
{
    [Fact]
    public async Task A_read_during_a_write_answers_the_last_committed_version()
    {
        var grain = await CreatedAsync();
        var committed = await grain.GetAsync(Alice);
        var gate = Cluster.Store.Hold();
        var update = grain.UpdateAsync(Alice, new UpdateJob { Status = JobStatus.Completed });
        await gate.Reached.Soon();

        AssertSame(committed!, await grain.GetAsync(Alice));
        AssertSame(committed!, Assert.Single((await grain.WaitForChangeAsync(Alice, 0, TimeSpan.FromSeconds(5), Cancellation))!.Snapshots));
        Assert.Empty((await grain.WaitForChangeAsync(Alice, 1, TimeSpan.FromMilliseconds(20), Cancellation))!.Snapshots);
        Assert.False(update.IsCompleted);

        gate.Open();
        AssertSame(Accepted(await update), await grain.GetAsync(Alice));
    }

    /// <summary>As a frozen silo that thaws: its activation decides on a row that another one has changed.</summary>
    [Fact]
    public async Task A_stale_activation_is_refused_and_the_next_call_reads_the_truth()
    {
        var grain = await CreatedAsync();
        var wait = grain.WaitForChangeAsync(Alice, 1, TimeSpan.FromSeconds(5), Cancellation);
        var truth = await ChangeBehindAsync(grain);

        await Assert.ThrowsAsync<StorageUnavailableException>(
            () => grain.UpdateAsync(Alice, new UpdateJob { Status = JobStatus.Completed }));
        AssertSame(truth, await grain.GetAsync(Alice));
        Assert.Equal(2, (await grain.WaitForChangeAsync(Alice, 1, TimeSpan.FromSeconds(5), Cancellation))!.Snapshots[^1].Version);
        Assert.Empty((await wait)!.Snapshots);
        Assert.Equal(JobStatus.Cancelled, Refused<Refusal.TransitionNotAllowed>(
            await grain.UpdateAsync(Alice, new UpdateJob { Status = JobStatus.Completed })).From);
    }

    [Fact]
    public async Task A_stale_activation_removes_nothing_that_it_has_not_seen()
    {
        var grain = await CreatedAsync();
        var truth = await ChangeBehindAsync(grain);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => grain.DeleteAsync(Alice, new DeleteJob()));
        AssertSame(truth, await grain.GetAsync(Alice));
    }

    [Fact]
    public async Task A_row_that_vanished_behind_its_activation_is_not_written_again()
    {
        var grain = await CreatedAsync();
        var id = JobId.Parse(grain.GetPrimaryKeyString());
        await Cluster.Database.WriteAsync((await Cluster.Database.ReadAsync(id))!.Remove());
        await Assert.ThrowsAsync<StorageUnavailableException>(
            () => grain.UpdateAsync(Alice, new UpdateJob { Status = JobStatus.Completed }));
        Assert.Null(await grain.GetAsync(Alice));
    }

    [Theory]
    [InlineData(PlannedFault.LostAfter)]
    [InlineData(PlannedFault.LostBefore)]
    [InlineData(PlannedFault.Conflict)]
    [InlineData(PlannedFault.NotSent)]
    public async Task A_connection_that_breaks_once_costs_nothing_and_changes_once(PlannedFault fault)
    {
        var grain = New();
        Assert.Null(await grain.GetAsync(Alice));
        await CreatedAsync();
        var living = await CreatedAsync();
        Cluster.Store.Plan(fault);
        Assert.Equal(2, Accepted(await living.UpdateAsync(Alice, new UpdateJob { Status = JobStatus.Completed })).Version);
        await Cluster.Orleans.DeactivateAsync(living);
        Assert.Equal((2L, 4), (await living.GetAsync(Alice) is { } job) ? (job.Version, job.History.Length) : default);
    }

    /// <summary>Commands of one job wait for each other, so each decides on what the one before it stored.</summary>
    [Fact]
    public async Task A_second_command_waits_for_the_write_of_the_first()
    {
        var grain = await CreatedAsync();
        var gate = Cluster.Store.Hold();
        var first = grain.UpdateAsync(Alice, new UpdateJob { Status = JobStatus.Completed });
        await gate.Reached.Soon();
        var second = grain.CancelAsync(Alice, new CancelJob());
        await grain.GetAsync(Alice);
        Assert.False(second.IsCompleted);
        gate.Open();
        Accepted(await first);
        Refused<Refusal.TransitionNotAllowed>(await second);
    }

    private async Task<JobSnapshot> ChangeBehindAsync(IJobGrain grain)
    {
        var stored = (await Cluster.Database.ReadAsync(JobId.Parse(grain.GetPrimaryKeyString())))!;
        var truth = stored.Enter(JobStatus.Cancelled);
        await Cluster.Database.WriteAsync(stored.Replace(truth));
        return truth.Snapshot;
    }
}

public sealed class SqliteJobStorageTests(SqliteCluster cluster) : JobStorageTests(cluster), IClassFixture<SqliteCluster>;

public sealed class PostgresJobStorageTests(PostgresCluster cluster) : JobStorageTests(cluster), IClassFixture<PostgresCluster>;
