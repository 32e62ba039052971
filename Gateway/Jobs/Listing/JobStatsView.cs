using JobTracker.Jobs;

namespace JobTracker.Gateway.Jobs.Listing;

/// <summary>How many jobs an organization has, exactly.</summary>
/// <param name="Total">All of them.</param>
/// <param name="ByStatus">Every status, the empty ones too.</param>
/// <param name="ByJobType">The types that occur.</param>
internal sealed record JobStatsView(long Total, Dictionary<string, long> ByStatus, Dictionary<string, long> ByJobType)
{
    public static JobStatsView Of(JobCounts counts)
    {
        var byStatus = Enum.GetValues<JobStatus>().ToDictionary(status => status.Word, _ => 0L, StringComparer.Ordinal);
        var byJobType = new Dictionary<string, long>(StringComparer.Ordinal);
        long total = 0;
        foreach (var count in counts.ByStatusAndType)
        {
            total += count.Count;
            byStatus[count.Status.Word] += count.Count;
            byJobType[count.JobType] = byJobType.GetValueOrDefault(count.JobType) + count.Count;
        }
        return new JobStatsView(total, byStatus, byJobType);
    }
}
