using JobTracker.Grains.Batches.Options;

namespace JobTracker.Grains.Batches.Rules;

/// <summary>When a 404 about a batch is believed: providers give them for a moment after a create, and on a bad day.</summary>
internal static class NotFoundRule
{
    /// <param name="inARow">404s without another answer between them; failures
    /// that are no answer do not count and do not end the row.</param>
    /// <param name="sinceFirst">From the first of them to the last.</param>
    public static bool IsBelieved(int inARow, TimeSpan sinceFirst, PollOptions pace) =>
        inARow >= pace.NotFoundCount && sinceFirst >= pace.NotFoundAfter;
}
