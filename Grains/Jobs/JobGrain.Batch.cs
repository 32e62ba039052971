using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Grains.Jobs.Doors;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Jobs;

namespace JobTracker.Grains.Jobs;

/// <summary>The grain's side of the batch that it follows.</summary>
internal sealed partial class JobGrain
{
    public Task<JobOutcome> MakeAsync(BatchId batch, Caller maker, CreateJob command) => CreateAsync(maker, command, batch);

    public Task<JobOutcome> FollowAsync(BatchId batch, BatchNews news) => OfBatchAsync(batch, (job, act) => job.Decide(batch, news, act));

    public Task<JobOutcome> LeaveAsync(BatchId batch) => OfBatchAsync(batch, (job, act) => job.DecideToLeave(act));

    public Task<JobOutcome> ExpireAsync(Caller caller) => ChangeAsync(caller, (job, act) => job.DecideToExpire(act));

    private async Task<JobOutcome> OfBatchAsync(BatchId batch, Func<Job, Act, Decision> decide) => Here() is { } job && job.IsOf(batch)
        ? await ChangeAsync(new Caller(job.Snapshot.OrganizationId, Act.System), decide)
        : new JobOutcome.NotFound();
}
