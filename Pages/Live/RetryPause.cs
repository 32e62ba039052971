namespace JobTracker.Pages.Live;

/// <summary>How long what could not be read is left alone: twice as long each time, up to five seconds.</summary>
internal static class RetryPause
{
    private const int Doublings = 8;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <param name="shortest">Where it never was doubled.</param>
    /// <param name="times">How often it is doubled.</param>
    public static TimeSpan Of(TimeSpan shortest, int times) =>
        shortest * Math.Pow(2, Math.Min(times, Doublings)) is var pause && pause < Longest ? pause : Longest;
}
