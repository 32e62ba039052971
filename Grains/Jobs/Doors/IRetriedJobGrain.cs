using JobTracker.Callers;
using JobTracker.Jobs;

namespace JobTracker.Grains.Jobs.Doors;

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

/// <summary>What a new job does again.</summary>
/// <param name="Job">The job whose work it is.</param>
/// <param name="Attempt">The how manieth time this is, from 2.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.grains.RetryOf")]
internal readonly record struct RetryOf([property: Id(0)] JobId Job, [property: Id(1)] int Attempt);
