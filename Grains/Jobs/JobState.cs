using System.Text.Json.Serialization;

namespace JobTracker.Grains.Jobs;

/// <summary>What the grain's storage fills: the job, or none where there is no row.</summary>
internal sealed class JobState
{
    public Job? Job { get; init; }

    /// <summary>What a write changes: the storage may leave out what stays. It is not stored itself.</summary>
    [JsonIgnore]
    public Job? Before { get; init; }
}
