namespace JobTracker.Grains.Jobs;

/// <summary>What the grain's storage fills: the job, or none where there is no row.</summary>
internal sealed class JobState
{
    public Job? Job { get; init; }
}
