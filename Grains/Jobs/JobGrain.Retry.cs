using JobTracker.Callers;
using JobTracker.Grains.Jobs.Doors;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Jobs;

namespace JobTracker.Grains.Jobs;

/// <summary>How the work of a job that has ended is done again.</summary>
internal sealed partial class JobGrain
{
    /// <summary>
    /// The new job's id is stored here before the job is made under it, so that whoever comes after a crash makes that one and no second.
    /// The new job's grain waits for no other than its parent's reads, so it may be waited for.
    /// </summary>
    public async Task<JobOutcome> RetryAsync(Caller caller, RetryJob command)
    {
        var marked = await ChangeAsync(caller, (job, act) => job.Decide(command, JobId.New(clock), act));
        var retried = marked switch
        {
            JobOutcome.Accepted { Job: var job } => job,
            JobOutcome.AlreadyDone { Job: var job } => job,
            _ => null,
        };
        if (retried is not { RetriedBy: { } next })
            return marked;
        var made = await GrainFactory.GetGrain<IRetriedJobGrain>(next.ToString()).MakeRetryAsync(
            caller, Job.Again(retried, next, command), new RetryOf(retried.Id, retried.Attempt + 1));
        if (made is JobOutcome.Refused)
            await ChangeAsync(caller, (job, act) => job.DecideNotRetried(act));
        return made;
    }

    public async Task<JobOutcome> MakeRetryAsync(Caller caller, CreateJob command, RetryOf retry) =>
        Visible(caller) is { Snapshot: var made } && made.RetryOf == retry.Job
            ? new JobOutcome.AlreadyDone(made)
            : await CreateAsync(caller, command, batch: null, retry);
}
