using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Jobs;

namespace JobTracker.Grains.Jobs.Doors;

/// <summary>
/// The side of a job's grain that its batch talks to. No caller has it: what a batch writes needs no identity that somebody could borrow.
/// </summary>
/// <remarks>None of it waits for the batch's grain, so the batch may wait for all of it.</remarks>
[Alias("jobtracker.grains.IBatchJobGrain")]
internal interface IBatchJobGrain : IGrainWithStringKey
{
    /// <summary>Makes the batch's job, as <see cref="IJobGrain.CreateAsync"/> makes others.</summary>
    [Alias("Make")]
    Task<JobOutcome> MakeAsync(BatchId batch, Caller maker, CreateJob command);

    /// <summary>The job becomes what the batch has become; one that ended otherwise stays as it ended, which the outcome shows.</summary>
    [Alias("Follow")]
    Task<JobOutcome> FollowAsync(BatchId batch, BatchNews news);

    /// <summary>The batch is going: the job is its callers' from now on, and cancelled where it had not ended.</summary>
    [Alias("Leave")]
    Task<JobOutcome> LeaveAsync(BatchId batch);

    /// <summary>
    /// An item that the job is linked to expired, and the job with it. Refused
    /// where the job is a batch's own; one that has ended stays as it ended.
    /// </summary>
    [Alias("Expire")]
    Task<JobOutcome> ExpireAsync(Caller caller);
}

/// <summary>What a batch tells its own job.</summary>
/// <param name="Status">What the job shall be.</param>
/// <param name="MetadataPatch">The batch's own part of the job's metadata (RFC 7396); it does not count against their limit, so that they
/// cannot keep the job from its end.</param>
/// <param name="Error">Of a batch that failed.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.grains.BatchNews")]
internal sealed record BatchNews(
    [property: Id(0)] JobStatus Status, [property: Id(1)] string MetadataPatch, [property: Id(2)] JobError? Error);
