using JobTracker.Configuration;

namespace JobTracker.Grains.Groups;

/// <summary>How groups look at their children, and cancel them. Section <c>Groups</c>.</summary>
internal sealed class GroupOptions
{
    /// <summary>How many notices are read at once.</summary>
    [Within(1, 10_000)]
    public int NoticePage { get; set; } = 1_000;

    /// <summary>How many groups look at their counts at any moment.</summary>
    [Within(1, 1_000)]
    public int LooksInFlight { get; set; } = 16;

    /// <summary>How long one look may take; then its notice is met again.</summary>
    [Within("00:00:00.100", "00:00:30")]
    public TimeSpan LookPatience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many groups have their children cancelled at any moment; others come when one is done.</summary>
    [Within(1, 1_000)]
    public int CancelWalks { get; set; } = 16;

    /// <summary>How many children of one group are being cancelled at any moment.</summary>
    [Within(1, 1_000)]
    public int CancelsInFlight { get; set; } = 16;

    /// <summary>How many open children are read at once.</summary>
    [Within(1, 1_000)]
    public int CancelPage { get; set; } = 100;

    /// <summary>The most bytes of children that are read at once, as JSON, but for one that is larger.</summary>
    [Within(1 << 14, 1 << 26)]
    public int CancelPageBytes { get; set; } = 8 << 20;

    /// <summary>Before a group asks anew children of which none could be cancelled, such as those that follow a batch.</summary>
    [Within("00:00:00.100", "01:00:00")]
    public TimeSpan CancelPause { get; set; } = TimeSpan.FromSeconds(30);
}
