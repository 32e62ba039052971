using System.Collections.Immutable;
using JobTracker.Jobs;

namespace JobTracker.Pages.Overview;

/// <summary>Types by status, bounded: where there are many types, those with the most jobs.</summary>
/// <param name="Rows">In the order of the alphabet, so that rows stay where they are while their counts move.</param>
/// <param name="More">How many types are left out.</param>
internal sealed record TypeTable(ImmutableArray<TypeRow> Rows, int More)
{
    public const int MostTypes = 50;

    /// <summary>The columns.</summary>
    public static ImmutableArray<JobStatus> Statuses { get; } = [.. Enum.GetValues<JobStatus>()];

    public static TypeTable Of(JobCounts counts)
    {
        var rows = counts.ByStatusAndType.GroupBy(count => count.JobType, StringComparer.Ordinal)
            .Select(type => new TypeRow(
                type.Key, [.. Statuses.Select(status => type.Where(count => count.Status == status).Sum(count => count.Count))]))
            .Where(row => row.Total > 0)
            .OrderByDescending(row => row.Total)
            .ThenBy(row => row.JobType, StringComparer.Ordinal)
            .ToList();
        return new TypeTable(
            [.. rows.Take(MostTypes).OrderBy(row => row.JobType, StringComparer.Ordinal)], Math.Max(0, rows.Count - MostTypes));
    }
}

/// <summary>One type.</summary>
/// <param name="Counts">By status, in the order of <see cref="TypeTable.Statuses"/>.</param>
internal sealed record TypeRow(string JobType, ImmutableArray<long> Counts)
{
    public long Total => Counts.Sum();
}
