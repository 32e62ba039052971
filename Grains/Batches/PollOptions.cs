namespace JobTracker.Grains.Batches;

/// <summary>The pace of polling, from the section <c>Batches</c>.</summary>
internal sealed class PollOptions
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>From the create to the first question.</summary>
    public TimeSpan PollFirst { get; set; } = TimeSpan.FromSeconds(20);

    public TimeSpan PollMin { get; set; } = TimeSpan.FromSeconds(30);
    public TimeSpan PollMax { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The part of a batch's age that passes between two questions.</summary>
    public double PollAgeShare { get; set; } = 0.15;

    /// <summary>Either way, so that batches made together are not asked about together.</summary>
    public double PollJitter { get; set; } = 0.2;

    /// <summary>The interval of the stages that are short: validating, finalizing, cancelling.</summary>
    public TimeSpan PollBriefMin { get; set; } = TimeSpan.FromSeconds(20);
    public TimeSpan PollBriefMax { get; set; } = TimeSpan.FromSeconds(30);

    public TimeSpan BackoffMin { get; set; } = TimeSpan.FromSeconds(5);
    public TimeSpan BackoffMax { get; set; } = TimeSpan.FromMinutes(5);
    public TimeSpan AttentionInterval { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>From the loss of a create's answer to the first list whose silence counts; 1 s to 24 h. Shorter than a provider's slowest create pays twice.</summary>
    public TimeSpan AbsenceAfter { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Between the two whole lists without it after which it is sent again; 0.1 s to 1 h.</summary>
    public TimeSpan AbsenceGap { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>A batch's 404 is believed after so many of them, 1 to 1,000, and over so long, 0 to 24 h.</summary>
    public int NotFoundCount { get; set; } = 5;
    public TimeSpan NotFoundAfter { get; set; } = TimeSpan.FromMinutes(10);
    /// <summary>How often results are read before a missing line is believed, where the provider writes one for every item.</summary>
    public int Passes { get; set; } = 5;

    /// <summary>From one reading of results that were not all there to the next: twice as long each time, up to the second.</summary>
    public TimeSpan PassPause { get; set; } = TimeSpan.FromSeconds(15);
    public TimeSpan PassPauseMax { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long results are read again where something says that there are more: a file that is missing, empty or cut, or the provider's own counts.</summary>
    public TimeSpan PassesFor { get; set; } = TimeSpan.FromHours(1);

    /// <summary>So many answers in a row with a status that is not known, or so long of them, are for a human to look at.</summary>
    public int AttentionAfterUnknown { get; set; } = 20;
    public TimeSpan AttentionAfterUnknownFor { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>A batch that is not through so long after the provider's own <c>expires_at</c> is for a human to look at.</summary>
    public TimeSpan AttentionAfterExpiry { get; set; } = TimeSpan.FromHours(1);

    /// <summary>What is wrong with them, each naming its key; empty when nothing is.</summary>
    public IEnumerable<string> Problems()
    {
        if (PollFirst < TimeSpan.Zero) yield return "Batches:PollFirst must not be negative.";
        if (PollMin <= TimeSpan.Zero) yield return "Batches:PollMin must be above zero.";
        if (PollMax < PollMin) yield return "Batches:PollMax must not be below Batches:PollMin.";
        if (PollAgeShare is not (> 0 and <= 1)) yield return "Batches:PollAgeShare must be above 0 and at most 1.";
        if (PollJitter is not (>= 0 and < 1)) yield return "Batches:PollJitter must be at least 0 and below 1.";
        if (PollBriefMin <= TimeSpan.Zero) yield return "Batches:PollBriefMin must be above zero.";
        if (PollBriefMax < PollBriefMin) yield return "Batches:PollBriefMax must not be below Batches:PollBriefMin.";
        if (BackoffMin <= TimeSpan.Zero) yield return "Batches:BackoffMin must be above zero.";
        if (BackoffMax < BackoffMin) yield return "Batches:BackoffMax must not be below Batches:BackoffMin.";
        if (AttentionInterval <= TimeSpan.Zero) yield return "Batches:AttentionInterval must be above zero.";
        if (AbsenceAfter < TimeSpan.FromSeconds(1) || AbsenceAfter > Day) yield return "Batches:AbsenceAfter must be 1 s to 24 h.";
        if (AbsenceGap < TimeSpan.FromMilliseconds(100) || AbsenceGap > TimeSpan.FromHours(1)) yield return "Batches:AbsenceGap must be 0.1 s to 1 h.";
        if (NotFoundCount is < 1 or > 1000) yield return "Batches:NotFoundCount must be 1 to 1000.";
        if (NotFoundAfter < TimeSpan.Zero || NotFoundAfter > Day) yield return "Batches:NotFoundAfter must be 0 to 24 h.";
        foreach (var problem in PassProblems()) yield return problem;
        if (AttentionAfterUnknown < 1) yield return "Batches:AttentionAfterUnknown must be at least 1.";
        if (AttentionAfterUnknownFor <= TimeSpan.Zero) yield return "Batches:AttentionAfterUnknownFor must be above zero.";
        if (AttentionAfterExpiry < TimeSpan.Zero) yield return "Batches:AttentionAfterExpiry must not be negative.";
    }

    private IEnumerable<string> PassProblems()
    {
        if (Passes is < 1 or > 1000) yield return "Batches:Passes must be from 1 to 1,000.";
        if (PassPause <= TimeSpan.Zero) yield return "Batches:PassPause must be above zero.";
        if (PassPauseMax < PassPause) yield return "Batches:PassPauseMax must not be below Batches:PassPause.";
        if (PassesFor < TimeSpan.Zero) yield return "Batches:PassesFor must not be negative.";
    }
}
