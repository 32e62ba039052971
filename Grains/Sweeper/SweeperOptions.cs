using JobTracker.Configuration;

namespace JobTracker.Grains.Sweeper;

/// <summary>How jobs that are due are woken. Section <c>Sweeper</c>.</summary>
internal sealed class SweeperOptions
{
    /// <summary>
    /// The pace of the sweeps. Nothing that is due is late by more than twice as much, unless more is due than can be done.
    /// </summary>
    [Within("00:00:00.020", "00:01:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many jobs are being woken at any moment: what a sweep takes of the cluster from its callers.</summary>
    [Within(1, 10_000)]
    public int WakesInFlight { get; set; } = 32;

    /// <summary>How long one job may take to wake: then its place is another's, and it is woken again when it is met again.</summary>
    [Within("00:00:00.100", "00:00:30")]
    public TimeSpan WakePatience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many due jobs are read at once.</summary>
    [Within(1, 10_000)]
    public int PageSize { get; set; } = 1_000;

    /// <summary>The most jobs that one sweep wakes. What is left is the next one's, which then comes without a pause.</summary>
    [Within(1, 1_000_000)]
    public int JobsPerSweep { get; set; } = 20_000;

    /// <summary>
    /// The pause between two nudges of one silo is random, from this to twice this.
    /// It is also about what passes until another silo sweeps for one that died.
    /// </summary>
    [Within("00:00:00.100", "00:01:00")]
    public TimeSpan NudgeInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many rows one sweep looks at for jobs that ended before the present retention was configured.</summary>
    [Within(1, 100_000)]
    public int RetentionStep { get; set; } = 1_000;

    /// <summary>
    /// How often the figures of all jobs are read (<c>jobtracker.job.open</c> and the ages), where anybody looks at them; less often where
    /// a reading takes long.
    /// </summary>
    [Within("00:00:00.100", "01:00:00")]
    public TimeSpan FiguresInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Owed callbacks are counted among so many of the jobs that are due first.</summary>
    [Within(1, 1_000_000)]
    public int FiguresLimit { get; set; } = 20_000;

    /// <summary>From the end of one walk over all rows to the beginning of the next.</summary>
    [Within("00:00:00.020", "30.00:00:00")]
    public TimeSpan RetentionPause { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long it is kept how many jobs ended in a minute: what shows that looks back no further.</summary>
    [Within("01:00:00", "30.00:00:00")]
    public TimeSpan EndsKeepTime { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long it is kept how the attempts of callbacks went, by receiver and hour.</summary>
    [Within("1.00:00:00", "400.00:00:00")]
    public TimeSpan ReceiversKeepTime { get; set; } = TimeSpan.FromDays(7);
}
