using JobTracker.Configuration;

namespace JobTracker.Grains.Audit;

/// <summary>How long audit events are kept. Section <c>Audit</c>.</summary>
internal sealed class AuditOptions
{
    /// <summary>From an event to its removal, which is late by <see cref="RemovalPause"/> at most.</summary>
    [Within("1.00:00:00", "36500.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(400);

    /// <summary>How many events one transaction removes.</summary>
    [Within(1, 100_000)]
    public int RemovalStep { get; set; } = 1_000;

    /// <summary>From one look for events that were kept for long enough to the next.</summary>
    [Within("00:00:00.020", "1.00:00:00")]
    public TimeSpan RemovalPause { get; set; } = TimeSpan.FromHours(1);
}
