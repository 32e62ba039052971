using System.ComponentModel.DataAnnotations;
using JobTracker.Configuration;

namespace JobTracker.Grains.Batches.Options;

/// <summary>The pace of polling, from the section <c>Batches</c>.</summary>
internal sealed class PollOptions : IValidatableObject
{
    private const string Zero = "00:00:00";
    private const string Day = "1.00:00:00";
    private const string Month = "30.00:00:00";

    /// <summary>From the create to the first question.</summary>
    [Within(Zero, Month)]
    public TimeSpan PollFirst { get; set; } = TimeSpan.FromSeconds(20);

    [Within(Zero, Month, MinimumIsExclusive = true)]
    public TimeSpan PollMin { get; set; } = TimeSpan.FromSeconds(30);

    [Within(Zero, Month, MinimumIsExclusive = true)]
    public TimeSpan PollMax { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The part of a batch's age that passes between two questions.</summary>
    [Within(0.0, 1.0, MinimumIsExclusive = true)]
    public double PollAgeShare { get; set; } = 0.15;

    /// <summary>Either way, so that batches made together are not asked about together.</summary>
    [Within(0.0, 1.0, MaximumIsExclusive = true)]
    public double PollJitter { get; set; } = 0.2;

    /// <summary>The interval of the stages that are short: validating, finalizing, cancelling.</summary>
    [Within(Zero, Month, MinimumIsExclusive = true)]
    public TimeSpan PollBriefMin { get; set; } = TimeSpan.FromSeconds(20);

    [Within(Zero, Month, MinimumIsExclusive = true)]
    public TimeSpan PollBriefMax { get; set; } = TimeSpan.FromSeconds(30);

    [Within(Zero, Month, MinimumIsExclusive = true)]
    public TimeSpan BackoffMin { get; set; } = TimeSpan.FromSeconds(5);

    [Within(Zero, Month, MinimumIsExclusive = true)]
    public TimeSpan BackoffMax { get; set; } = TimeSpan.FromMinutes(5);

    [Within(Zero, Month, MinimumIsExclusive = true)]
    public TimeSpan AttentionInterval { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// From the loss of a create's answer to the first list whose silence
    /// counts; 1 s to 24 h. Shorter than a provider's slowest create pays twice.
    /// </summary>
    [Within("00:00:01", Day)]
    public TimeSpan AbsenceAfter { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Between the two whole lists without it after which it is sent again; 0.1 s to 1 h.</summary>
    [Within("00:00:00.100", "01:00:00")]
    public TimeSpan AbsenceGap { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>A batch's 404 is believed after so many of them, 1 to 1,000, and over so long, 0 to 24 h.</summary>
    [Within(1, 1_000)]
    public int NotFoundCount { get; set; } = 5;

    [Within(Zero, Day)]
    public TimeSpan NotFoundAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often results are read before a missing line is believed, where the provider writes one for every item.</summary>
    [Within(1, 1_000)]
    public int Passes { get; set; } = 5;

    /// <summary>From one reading of results that were not all there to the next: twice as long each time, up to the second.</summary>
    [Within(Zero, Month, MinimumIsExclusive = true)]
    public TimeSpan PassPause { get; set; } = TimeSpan.FromSeconds(15);

    [Within(Zero, Month, MinimumIsExclusive = true)]
    public TimeSpan PassPauseMax { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long results are read again where something says that there are more:
    /// a file that is missing, empty or cut, or the provider's own counts.
    /// </summary>
    [Within(Zero, Month)]
    public TimeSpan PassesFor { get; set; } = TimeSpan.FromHours(1);

    /// <summary>So many answers in a row with a status that is not known, or so long of them, are for a human to look at.</summary>
    [Within(1, int.MaxValue)]
    public int AttentionAfterUnknown { get; set; } = 20;

    [Within(Zero, Month, MinimumIsExclusive = true)]
    public TimeSpan AttentionAfterUnknownFor { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>A batch that is not through so long after the provider's own <c>expires_at</c> is for a human to look at.</summary>
    [Within(Zero, Month)]
    public TimeSpan AttentionAfterExpiry { get; set; } = TimeSpan.FromHours(1);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
    [
        .. NotBelow(nameof(PollMax), PollMax, nameof(PollMin), PollMin),
        .. NotBelow(nameof(PollBriefMax), PollBriefMax, nameof(PollBriefMin), PollBriefMin),
        .. NotBelow(nameof(BackoffMax), BackoffMax, nameof(BackoffMin), BackoffMin),
        .. NotBelow(nameof(PassPauseMax), PassPauseMax, nameof(PassPause), PassPause),
    ];

    private static IEnumerable<ValidationResult> NotBelow(string key, TimeSpan most, string leastKey, TimeSpan least) =>
        most < least ? [new ValidationResult($"is {most}; it must not be below {leastKey}, {least}.", [key])] : [];
}
