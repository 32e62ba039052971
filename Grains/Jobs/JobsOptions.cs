using JobTracker.Configuration;

namespace JobTracker.Grains.Jobs;

/// <summary>How jobs are kept. Section <c>Jobs</c>.</summary>
internal sealed class JobsOptions
{
    /// <summary>
    /// A job's heartbeats and changes of nothing but progress are stored at most once in this time; in between the newest one is kept in
    /// memory, where reads find it, and a crash loses it. 0 stores each of them.
    /// </summary>
    [Within("00:00:00", "00:01:00")]
    public TimeSpan CoalesceTime { get; set; } = TimeSpan.FromSeconds(1);
}
