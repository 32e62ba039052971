using JobTracker.Jobs;

namespace JobTracker.Grains.Jobs.Life;

/// <summary>Who changes a job, and when.</summary>
internal readonly record struct Act(string By, DateTimeOffset At)
{
    /// <summary>Who acts where no caller does.</summary>
    public const string System = "system";

    /// <summary>
    /// The latest it can be, where that is later than <see cref="At"/>: the machine's clock was set back, and ids go on from the last.
    /// </summary>
    public DateTimeOffset Latest { get; init; } = At;

    /// <summary>Now, to the microsecond that the database keeps, and never before the job's last change: clocks of silos differ.</summary>
    public static Act Of(string by, TimeProvider clock, JobSnapshot? job = null) =>
        new(by, NotBefore(clock.GetUtcNow().ToMicroseconds(), job?.UpdatedAt));

    private static DateTimeOffset NotBefore(DateTimeOffset now, DateTimeOffset? updatedAt) => updatedAt > now ? updatedAt.Value : now;
}
