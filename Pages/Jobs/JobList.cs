using System.Collections.Immutable;
using JobTracker.Jobs;

namespace JobTracker.Pages.Jobs;

/// <summary>One page of the list of jobs, newest first, and how far it reaches.</summary>
public sealed record JobList
{
    /// <summary>How many a page shows.</summary>
    public const int PageJobs = 50;

    public ImmutableArray<JobRow> Rows { get; private init; } = [];

    /// <summary>Behind it there is more, in the list's order; null: there is nothing.</summary>
    public JobId? Older { get; private init; }

    /// <summary>Before it there is more; null: there is nothing.</summary>
    public JobId? Newer { get; private init; }

    /// <summary>The page ended because as many were looked at as may be, not because there are no more.</summary>
    public bool IsCutShort { get; private init; }

    /// <summary>The oldest that was looked at; null: all the older ones were.</summary>
    private JobId? Low { get; init; }

    /// <summary>The newest that was looked at; null: all the newer ones were.</summary>
    private JobId? High { get; init; }

    public static JobList Empty { get; } = new();

    public static JobList Of(JobPage page, JobQuery query)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(query);
        var isBackwards = query.Before is not null && query.After is null;
        var first = isBackwards && page.Reached is not null ? page.Reached : page.Jobs is [var head, ..] ? head.Id : (JobId?)null;
        var last = !isBackwards && page.Reached is not null ? page.Reached : page.Jobs is [.., var tail] ? tail.Id : (JobId?)null;
        var (newer, older) = (page.HasPrevious ? first : null, page.HasNext ? last : null);
        return new JobList
        {
            Rows = [.. page.Jobs.Select(JobRow.Of)],
            Older = older,
            Newer = newer,
            IsCutShort = page.Reached is not null,
            Low = isBackwards ? query.Before : older,
            High = isBackwards ? newer : null,
        };
    }

    /// <summary>The job would be among the rows if it matched.</summary>
    public bool Covers(JobId id) => (Low is not { } low || id >= low) && (High is not { } high || id <= high);

    public bool Equals(JobList? other) =>
        other is not null && Rows.SequenceEqual(other.Rows) && Older == other.Older && Newer == other.Newer
        && IsCutShort == other.IsCutShort && Low == other.Low && High == other.High;

    public override int GetHashCode() => HashCode.Combine(Rows.Length, Older, Newer);
}
