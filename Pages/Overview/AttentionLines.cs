using System.Collections.Immutable;
using JobTracker.Batches;
using JobTracker.Jobs;
using JobTracker.Operations;
using JobTracker.Pages.Callbacks;
using JobTracker.Pages.Jobs;
using JobTracker.Pages.Parts;

namespace JobTracker.Pages.Overview;

/// <summary>Says what needs attention, of what was read.</summary>
internal static class AttentionLines
{
    /// <summary>More receivers are a line together.</summary>
    public const int MostReceivers = 5;

    /// <summary>A kind of end; nothing where no job came to it.</summary>
    /// <param name="end">Which.</param>
    /// <param name="count">How many were found.</param>
    /// <param name="isLowerBound">There are more, or may be.</param>
    /// <param name="since">They ended then or later.</param>
    public static IEnumerable<AttentionLine> OfJobs(BadEnd end, int count, bool isLowerBound, DateTimeOffset since)
    {
        if (count == 0)
            yield break;
        var isOne = count == 1 && !isLowerBound;
        var filter = JobFilter.All.With(JobFilter.Status, end.Status.Word).With("completed_after", Moment.Utc(since));
        yield return new AttentionLine(
            end.Key,
            AttentionLine.NumberOf(count, isLowerBound),
            $"{(isOne ? end.One : end.Many)} in the last {OverviewNow.Minutes} minutes",
            (end.StopReason is { } reason ? filter.With("stop_reason", reason) : filter).Address);
    }

    /// <summary>Receivers whose last attempt failed, those that failed most first.</summary>
    public static IEnumerable<AttentionLine> OfReceivers(ImmutableArray<ReceiverFigures> receivers)
    {
        var failing = receivers.Where(receiver => receiver.IsFailing).ToList();
        foreach (var receiver in failing.Take(MostReceivers))
        {
            yield return new AttentionLine(
                $"receiver {receiver.Host}",
                $"{Words.Of(receiver.Failed)} of {Words.Of(receiver.Failed + receiver.Delivered)}",
                $"callback attempts at {receiver.Host} failed in the last 24 hours, the last one too",
                ReceiverReport.Path,
                receiver.LastError);
        }
        if (failing.Count > MostReceivers)
        {
            var more = failing.Count - MostReceivers;
            yield return new AttentionLine(
                "receivers", Words.Of(more), more == 1 ? "more receiver fails" : "more receivers fail", ReceiverReport.Path);
        }
    }

    /// <summary>Batches that say of themselves that a human must look.</summary>
    /// <param name="seen">Those that were looked at.</param>
    /// <param name="isLowerBound">Not all were.</param>
    public static IEnumerable<AttentionLine> OfBatches(IEnumerable<BatchSnapshot> seen, bool isLowerBound)
    {
        var batches = seen.Where(batch => batch.NeedsAttention).DistinctBy(batch => batch.Id).ToList();
        if (batches.Count == 0)
            yield break;
        var only = batches is [var one] && !isLowerBound ? one : null;
        yield return new AttentionLine(
            "batches",
            AttentionLine.NumberOf(batches.Count, isLowerBound),
            only is null ? "batches need attention" : "batch needs attention",
            only is null ? "/ui/batches" : $"/ui/batches/{only.Id}",
            only is null ? null : only.LastPollError ?? only.PostProcessingError);
    }

    /// <summary>Operations that could not go on since then.</summary>
    /// <param name="page">The newest.</param>
    /// <param name="since">24 hours ago.</param>
    public static IEnumerable<AttentionLine> OfOperations(OperationPage page, DateTimeOffset since)
    {
        var failed = page.Operations
            .Where(operation => operation.Status == OperationStatus.Failed && operation.CompletedAt >= since)
            .ToList();
        if (failed.Count == 0)
            yield break;
        // One that ended before them is on the page: none of those behind it ended later by more than it ran.
        var isLowerBound = page.HasNext && page.Operations.All(operation => operation.CompletedAt is not { } ended || ended >= since);
        var only = failed is [var one] && !isLowerBound ? one : null;
        yield return new AttentionLine(
            "operations",
            AttentionLine.NumberOf(failed.Count, isLowerBound),
            $"{(only is null ? "operations" : "operation")} failed in the last 24 hours",
            only is null ? "/ui/operations" : $"/ui/operations/{only.Id}",
            only?.LastError);
    }
}
