using JobTracker.Configuration;

namespace JobTracker.Grains.Absent;

/// <summary>How long a silo remembers that there is nothing under an id. Section <c>Absent</c>.</summary>
internal sealed class AbsentOptions
{
    /// <summary>
    /// How many such grains a silo keeps; beyond it the one that was asked for longest ago goes at once. Each costs about 2 KiB.
    /// </summary>
    [Within(1, 1_000_000)]
    public int Most { get; set; } = 1_000;

    /// <summary>How long such a grain stays after it was last asked for. While it stays, asking again costs the database nothing.</summary>
    [Within("00:00:00.100", "00:02:00")]
    public TimeSpan StayTime { get; set; } = TimeSpan.FromSeconds(5);
}
