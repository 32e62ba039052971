using JobTracker.Jobs;

namespace JobTracker.Pages.OneJob;

/// <summary>One entry of a job's history, with how long it stood there.</summary>
/// <param name="Entry">What was entered, when, by whom, why.</param>
/// <param name="Lasted">Until the next entry; null: it still does, or nothing comes after.</param>
public sealed record HistoryStep(JobTransition Entry, TimeSpan? Lasted);

/// <summary>A job's history as people read it.</summary>
public static class Steps
{
    /// <summary>Oldest first.</summary>
    public static IEnumerable<HistoryStep> Of(JobSnapshot job)
    {
        ArgumentNullException.ThrowIfNull(job);
        for (var index = 0; index < job.History.Length; index++)
        {
            var entry = job.History[index];
            yield return new(entry, index + 1 < job.History.Length ? job.History[index + 1].At - entry.At : null);
        }
    }
}
