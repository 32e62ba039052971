using JobTracker.Grains.Callbacks.Delivery;
using JobTracker.Jobs;
using Orleans.Concurrency;

namespace JobTracker.Grains.Jobs.Callbacks;

/// <summary>The side of a job's grain that the delivery of its callback talks to, on behalf of no caller.</summary>
[Alias("jobtracker.grains.IJobCallbackGrain")]
internal interface IJobCallbackGrain : IGrainWithStringKey
{
    /// <summary>The job whose callback is due; null when none is any more.</summary>
    [AlwaysInterleave, Alias("GetOwed")]
    Task<JobSnapshot?> GetOwedAsync();

    /// <summary>Stores what came of an attempt, and when the next one is due.</summary>
    [Alias("Record")]
    Task RecordAsync(CallbackAttempt attempt);
}
