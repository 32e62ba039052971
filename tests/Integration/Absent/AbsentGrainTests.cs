using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Jobs;
using JobTracker.Tests.Integration.Batches;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Absent;

/// <summary>What never was, or is deleted, takes no memory for long: few grains of it at any time, and none within seconds.</summary>
public sealed class AbsentGrainTests(AbsentCluster fixture) : IClassFixture<AbsentCluster>
{
    private static readonly CreateJob Keyed = new() { IdempotencyKey = "key", Fingerprint = "print" };

    private readonly Caller _alice = new(JobRows.NewOrganization(), "alice");

    private BatchCluster Cluster => fixture.Cluster;

    [Fact]
    public Task Jobs_that_never_were() => LeavesAsync(async _ => Assert.Null(await NewJob().GetAsync(_alice)));

    [Fact]
    public Task Jobs_that_are_changed_waited_for_or_deleted_and_never_were() => LeavesAsync(
        async i => Assert.IsType<JobOutcome.NotFound>((i % 4) switch
        {
            0 => await NewJob().UpdateAsync(_alice, new UpdateJob()),
            1 => await NewJob().DeleteAsync(_alice, new DeleteJob()),
            2 => await NewJob().HeartbeatAsync(_alice, new Heartbeat()),
            _ => await NewJob().WaitForChangeAsync(_alice, 0, TimeSpan.FromSeconds(1), default) is null ? new JobOutcome.NotFound() : null,
        }));

    [Fact]
    public Task Deleted_jobs() => LeavesAsync(async _ =>
    {
        var job = NewJob();
        await job.CreateAsync(_alice, new CreateJob());
        Assert.IsType<JobOutcome.Accepted>(await job.DeleteAsync(_alice, new DeleteJob()));
    });

    [Fact]
    public Task Jobs_that_were_refused() => LeavesAsync(async _ =>
        Assert.IsType<JobOutcome.Refused>(await NewJob().CreateAsync(_alice, new CreateJob { JobType = "?" })));

    [Fact]
    public async Task Ids_under_which_a_create_was_repeated()
    {
        var job = NewJob();
        await job.CreateAsync(_alice, Keyed);
        await LeavesAsync(async _ => Assert.IsType<JobOutcome.AlreadyDone>(await NewJob().CreateAsync(_alice, Keyed)), present: 1);
        await job.DeleteAsync(_alice, new DeleteJob());
        await UntilAtMostAsync(0, AbsentCluster.StayTime * 2);
    }

    [Fact]
    public Task Batches_that_never_were() => LeavesAsync(async _ => Assert.Null(await Cluster.NewBatch().GetAsync(_alice)));

    [Fact]
    public Task Batches_that_were_refused() => LeavesAsync(async _ =>
        Assert.IsType<BatchOutcome.Refused>(await Cluster.NewBatch().BeginAsync(_alice, new BeginBatch { Provider = "nobody" })));

    [Fact]
    public Task Drafts_that_were_discarded() => LeavesAsync(async _ =>
    {
        var draft = Cluster.NewBatch();
        BatchCluster.Accepted(await draft.BeginAsync(_alice, BatchCluster.Begin(BatchCluster.Anthropic)));
        await draft.DiscardAsync(_alice);
    });

    [Fact]
    public async Task A_job_that_is_made_where_none_was_stays()
    {
        var job = NewJob();
        Assert.Null(await job.GetAsync(_alice));
        await job.CreateAsync(_alice, new CreateJob());
        var reads = Reads();
        for (var others = 0; others < 2 * AbsentCluster.Most; others++)
            await NewJob().GetAsync(_alice);
        await UntilAtMostAsync(1, AbsentCluster.StayTime * 2);
        Assert.NotNull(await job.GetAsync(_alice));
        Assert.Equal(reads + (2 * AbsentCluster.Most), Reads());
        await job.DeleteAsync(_alice, new DeleteJob());
        await UntilAtMostAsync(0, AbsentCluster.StayTime * 2);
    }

    [Fact]
    public async Task Whoever_asks_again_and_again_for_what_is_not_there_costs_one_read()
    {
        var (job, reads) = (NewJob(), Reads());
        for (var asked = 0; asked < 10; asked++)
        {
            Assert.Null(await job.GetAsync(_alice));
            fixture.Clock.Advance(AbsentCluster.StayTime * 0.8);
        }

        Assert.Equal(reads + 1, Reads());
        await UntilAtMostAsync(0, AbsentCluster.StayTime);
    }

    private int Reads() => Cluster.Jobs.Store.Reads.Sum(read => read.Count);

    private IJobGrain NewJob() => Cluster.Jobs.Job(JobId.New(Cluster.Clock));

    private async Task LeavesAsync(Func<int, Task> leaveNothing, int present = 0)
    {
        for (var i = 0; i < 5 * AbsentCluster.Most; i++)
            await leaveNothing(i);
        await UntilAtMostAsync(AbsentCluster.Most + present, TimeSpan.Zero);
        await UntilAtMostAsync(present, AbsentCluster.StayTime * 2);
    }

    /// <summary>A grain that leaves is a moment on its way.</summary>
    private async Task UntilAtMostAsync(int most, TimeSpan after)
    {
        fixture.Clock.Advance(after);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10), TimeProvider.System);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        int count;
        while ((count = await CountAsync()) > most)
        {
            if (patience.IsCancellationRequested)
                Assert.Fail($"{count} grains, and not {most} at most");
            await look.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    private async Task<int> CountAsync()
    {
        var statistics = await Cluster.Jobs.Client.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics();
        return statistics
            .Where(grain => grain.GrainType.Contains("JobGrain", StringComparison.Ordinal)
                || grain.GrainType.Contains("BatchGrain", StringComparison.Ordinal))
            .Sum(grain => grain.ActivationCount);
    }
}
