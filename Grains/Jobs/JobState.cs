using System.Text.Json.Serialization;
using JobTracker.Grains.Storage.Jobs;

namespace JobTracker.Grains.Jobs;

/// <summary>What the grain's storage fills: the job, or none where there is no row.</summary>
internal sealed class JobState
{
    public Job? Job { get; init; }

    /// <summary>What a write changes: the storage may leave out what stays. It is not stored itself.</summary>
    [JsonIgnore]
    public Job? Before { get; init; }

    /// <summary>After the write of a new job: nothing was stored, for its key belongs to another one. An answer, not a fault, so it is no exception.</summary>
    [JsonIgnore]
    public JobWriteResult.KeyTaken? KeyTaken { get; init; }
}
