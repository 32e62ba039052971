using System.Collections.Immutable;
using JobTracker.Jobs;

namespace JobTracker.Pages.Jobs;

/// <summary>The filters that double as exact counts: statuses, and types of jobs.</summary>
internal static class JobStatusChips
{
    /// <summary>How many types are offered by name.</summary>
    public const int MostTypes = 200;

    private static readonly ImmutableArray<JobStatus> AllStatuses = [.. Enum.GetValues<JobStatus>()];

    /// <summary>All, those that have not ended, and each status; a status adds itself to those chosen, or leaves them.</summary>
    public static IEnumerable<JobStatusChip> Of(JobFilter filter, JobCounts? counts)
    {
        var isActive = filter[JobFilter.Active] is ["true"];
        var chosen = filter[JobFilter.Status];
        var any = filter.Without(JobFilter.Status, JobFilter.Active);
        yield return new("all", null, any.Address, chosen.IsEmpty && !isActive, CountOf(_ => true));
        yield return new(
            "active", null, any.With(JobFilter.Active, "true").Address, chosen.IsEmpty && isActive, CountOf(status => !status.IsTerminal));
        foreach (var status in AllStatuses)
        {
            var isChosen = chosen.Contains(status.Word) && !isActive;
            var others = chosen.Where(word => word != status.Word && JobStatus.FromWord(word) is not null);
            var next = isActive ? [status.Word] : isChosen ? others : others.Append(status.Word);
            yield return new(status.Word, status, any.With(JobFilter.Status, next).Address, isChosen, CountOf(one => one == status));
        }

        long? CountOf(Func<JobStatus, bool> isMeant) => counts is null || !filter.IsCounted
            ? null
            : counts.ByStatusAndType.Where(count => isMeant(count.Status) && IsOfType(count)).Sum(count => count.Count);

        bool IsOfType(JobCount count) => filter[JobFilter.JobType] is not [var type, ..] || type == count.JobType;
    }

    /// <summary>Types that occur, in the order of the alphabet, with as many jobs as have one of the chosen statuses.</summary>
    public static ImmutableArray<KeyValuePair<string, long?>> TypesOf(JobFilter filter, JobCounts? counts)
    {
        var chosen = filter[JobFilter.Status];
        var isActive = filter[JobFilter.Active] is ["true"];
        var types = (counts?.ByStatusAndType ?? []).GroupBy(count => count.JobType, StringComparer.Ordinal)
            .Select(type => (Name: type.Key, All: type.Sum(count => count.Count), Shown: type.Where(IsMeant).Sum(count => count.Count)))
            .OrderByDescending(type => type.All).Take(MostTypes)
            .Select(type => KeyValuePair.Create(type.Name, filter.IsCounted ? type.Shown : (long?)null)).ToList();
        if (filter[JobFilter.JobType] is [var asked, ..] && types.All(type => type.Key != asked))
            types.Add(KeyValuePair.Create<string, long?>(asked, null));
        return [.. types.OrderBy(type => type.Key, StringComparer.Ordinal)];

        bool IsMeant(JobCount count) =>
            (chosen.IsEmpty || chosen.Contains(count.Status.Word)) && (!isActive || !count.Status.IsTerminal);
    }
}

/// <summary>One filter by status.</summary>
/// <param name="Word">What it says.</param>
/// <param name="Status">Null: it is not one status.</param>
/// <param name="Address">Where it leads.</param>
/// <param name="IsChosen">It is in force.</param>
/// <param name="Count">How many there are, exactly; null: not known, as where another filter is in force.</param>
internal sealed record JobStatusChip(string Word, JobStatus? Status, string Address, bool IsChosen, long? Count);
