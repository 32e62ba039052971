using JobTracker.Callers;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Jobs;

namespace JobTracker.Grains.Jobs;

/// <summary>The side of a new job's grain that the job talks to whose work it does again.</summary>
[Alias("jobtracker.grains.IRetriedJobGrain")]
internal interface IRetriedJobGrain : IGrainWithStringKey
{
    /// <summary>
    /// Makes the job under this grain's id, which the other job names already, as <see cref="IJobGrain.CreateAsync"/> makes others.
    /// AlreadyDone: it is there.
    /// </summary>
    [Alias("MakeRetry")]
    Task<JobOutcome> MakeRetryAsync(Caller caller, CreateJob command, RetryOf retry);
}
