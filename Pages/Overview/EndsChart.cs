using System.Collections.Immutable;
using System.Globalization;
using JobTracker.Jobs;
using JobTracker.Pages.Jobs;
using JobTracker.Pages.Parts;

namespace JobTracker.Pages.Overview;

/// <summary>The last 60 minutes as stacked bars, a minute each, in a box of <see cref="Width"/> by <see cref="Height"/>.</summary>
/// <param name="Bars">Oldest first, one for each minute.</param>
/// <param name="Totals">How many ended in each way, all ways of ending.</param>
public sealed record EndsChart(ImmutableArray<EndsBar> Bars, ImmutableArray<EndsTotal> Totals)
{
    /// <summary>What a minute takes of the width, the gap included.</summary>
    public const int Step = 10;

    public const int BarWidth = 8;
    public const int Width = Step * OverviewNow.Minutes;
    public const int Height = 100;

    /// <summary>From the ground up: what went well carries the rest.</summary>
    private static readonly ImmutableArray<JobStatus> Outcomes =
        [JobStatus.Completed, JobStatus.Cancelled, JobStatus.Expired, JobStatus.Failed];

    /// <summary>How many ended at all.</summary>
    public long Total => Totals.Sum(total => total.Count);

    /// <summary>How many ended in the fullest minute.</summary>
    public long Most => Bars.Max(bar => bar.Total);

    /// <summary>For who does not see it.</summary>
    public string Summary =>
        $"Jobs that ended in the last {OverviewNow.Minutes} minutes, a bar a minute: "
        + $"{string.Join(", ", Totals.Select(total => $"{Words.Of(total.Count)} {total.Status.Word}"))}; "
        + $"{Words.Of(Most)} in the fullest minute.";

    /// <param name="ends">What ended; what is of no minute shown is left out.</param>
    /// <param name="first">When the first minute began.</param>
    public static EndsChart Of(ImmutableArray<JobEnds> ends, DateTimeOffset first)
    {
        var minutes = Enumerable.Range(0, OverviewNow.Minutes).Select(minute => first.AddMinutes(minute)).ToList();
        var counts = ends.ToLookup(end => end.Minute);
        var most = minutes.Max(minute => counts[minute].Sum(end => end.Count));
        var bars = minutes.Select((minute, place) => Bar(minute, place, [.. counts[minute]], most)).ToImmutableArray();
        var totals = Outcomes.Select(status => new EndsTotal(
            status,
            bars.Sum(bar => bar.CountOf(status)),
            JobFilter.All.With(JobFilter.Status, status.Word).With("completed_after", Moment.Utc(first)).Address));
        return new EndsChart(bars, [.. totals]);
    }

    private static EndsBar Bar(DateTimeOffset minute, int place, JobEnds[] ends, long most)
    {
        var parts = ImmutableArray.CreateBuilder<EndsSegment>();
        var top = Height;
        foreach (var status in Outcomes)
        {
            var count = ends.Where(end => end.Status == status).Sum(end => end.Count);
            if (count == 0)
                continue;
            // One failure among thousands is seen all the same.
            var height = (int)Math.Max(1, count * (Height - Outcomes.Length) / most);
            top -= height;
            parts.Add(new EndsSegment(status, count, top, height));
        }
        return new EndsBar(minute, place * Step, parts.ToImmutable());
    }
}

/// <summary>One minute.</summary>
/// <param name="Minute">When it began.</param>
/// <param name="Left">Where it stands.</param>
/// <param name="Segments">From the ground up; empty where nothing ended.</param>
public sealed record EndsBar(DateTimeOffset Minute, int Left, ImmutableArray<EndsSegment> Segments)
{
    public long Total => Segments.Sum(segment => segment.Count);

    /// <summary>12:05 UTC: 3 completed, 1 failed.</summary>
    public string Title =>
        $"{Minute.UtcDateTime.ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture)}: "
        + string.Join(", ", Segments.Select(segment => $"{Words.Of(segment.Count)} {segment.Status.Word}"));

    public long CountOf(JobStatus status) => Segments.Where(segment => segment.Status == status).Sum(segment => segment.Count);
}

/// <summary>What ended in one way in a minute.</summary>
/// <param name="Top">Where it begins, from above.</param>
/// <param name="Height">At least 1.</param>
public sealed record EndsSegment(JobStatus Status, long Count, int Top, int Height);

/// <summary>What ended in one way in all the minutes.</summary>
/// <param name="Address">The list of these jobs.</param>
public sealed record EndsTotal(JobStatus Status, long Count, string Address);
