using JobTracker.Configuration;

namespace JobTracker.Grains.Operations;

/// <summary>How operations go. Section <c>Operations</c>.</summary>
internal sealed class OperationsOptions
{
    public const string Section = "Operations";

    /// <summary>Operations of one organization that may wait while one runs.</summary>
    [Within(0, 1_000)]
    public int Waiting { get; set; } = 10;

    /// <summary>Jobs that one step comes to, at the same time.</summary>
    [Within(1, 1_000)]
    public int Step { get; set; } = 100;

    /// <summary>Jobs that failed of which an operation keeps why; beyond them it only counts.</summary>
    [Within(0, 100_000)]
    public int Errors { get; set; } = 1_000;

    /// <summary>How long an operation is kept after its end.</summary>
    [Within("00:00:00", "36500.00:00:00")]
    public TimeSpan KeepTime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>At what pace every silo looks for operations whose silo has gone; up to twice as long, at random.</summary>
    [Within("00:00:00.050", "01:00:00")]
    public TimeSpan LookInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Before a step that could not be done, the cluster or its database being away, is tried again.</summary>
    [Within("00:00:00.010", "00:10:00")]
    public TimeSpan Pause { get; set; } = TimeSpan.FromSeconds(1);
}
