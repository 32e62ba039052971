using System.Text.Json.Serialization;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Storage.Jobs;

namespace JobTracker.Grains.Jobs;

/// <summary>What the grain's storage fills: the job, or none where there is no row.</summary>
internal sealed class JobState
{
    public Job? Job { get; init; }

    /// <summary>What a write changes: the storage may leave out what stays. It is not stored itself.</summary>
    [JsonIgnore]
    public Job? Before { get; init; }

    /// <summary>
    /// After a write that stored nothing: the key of a new job belongs to another one, or the row is not what this activation knows of it.
    /// These are answers, not faults, so they are no exceptions, which Orleans would log as errors.
    /// </summary>
    [JsonIgnore]
    public JobWriteResult? NotStored { get; init; }
}
