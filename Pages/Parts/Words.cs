using System.Globalization;
using JobTracker.Jobs;

namespace JobTracker.Pages.Parts;

/// <summary>Values as people read them.</summary>
public static class Words
{
    /// <summary>Thousands apart: 1,234.</summary>
    public static string Of(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>The two largest units: 3 d 4 h, 2 min 5 s, 1.2 s, 340 ms.</summary>
    public static string Of(TimeSpan time)
    {
        if (time < TimeSpan.Zero)
            return "0 ms";
        return time switch
        {
            { TotalDays: >= 1 } => Two(time.Days, "d", time.Hours, "h"),
            { TotalHours: >= 1 } => Two(time.Hours, "h", time.Minutes, "min"),
            { TotalMinutes: >= 1 } => Two(time.Minutes, "min", time.Seconds, "s"),
            { TotalSeconds: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms"),
        };
    }

    /// <summary>An id without its prefix and middle: enough to tell rows apart; the whole one is in the link.</summary>
    public static string Brief(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id.Length > 12 ? id[^12..] : id;
    }

    /// <summary>The short form of a job's id.</summary>
    public static string Brief(JobId id) => Brief(id.ToString());

    private static string Two(int large, string unit, int small, string smaller) => small == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{large} {unit}")
        : string.Create(CultureInfo.InvariantCulture, $"{large} {unit} {small} {smaller}");
}
