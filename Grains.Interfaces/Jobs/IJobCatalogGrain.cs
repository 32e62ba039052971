using System.Collections.Immutable;
using JobTracker.Callers;

namespace JobTracker.Jobs;

/// <summary>Lists and counts, read from the very rows that the job grains write. A stateless worker: use key 0.</summary>
[Alias("jobtracker.IJobCatalogGrain")]
public interface IJobCatalogGrain : IGrainWithIntegerKey
{
    /// <summary>One page, in the requested order.</summary>
    /// <exception cref="UnauthorizedAccessException">The query names another organization and the caller is no admin.</exception>
    [Alias("List")]
    Task<JobPage> ListAsync(Caller caller, JobQuery query);

    /// <summary>Exact counts of one organization (null: the caller's), at a cost that does not grow with the number of jobs.</summary>
    /// <exception cref="UnauthorizedAccessException">Another organization, and the caller is no admin.</exception>
    [Alias("Count")]
    Task<JobCounts> CountAsync(Caller caller, string? organizationId);

    /// <summary>
    /// How many of the organization's jobs (null: the caller's) ended in each minute since <paramref name="since"/>, the oldest minute
    /// first; minutes without any are missing. A day is kept. The cost does not grow with the number of jobs.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">Another organization, and the caller is no admin.</exception>
    [Alias("CountEnds")]
    Task<ImmutableArray<JobEnds>> CountEndsAsync(Caller caller, string? organizationId, DateTimeOffset since);

    /// <summary>
    /// How the receivers of the organization's callbacks (null: the caller's) did since the hour of <paramref name="since"/>, those that
    /// failed most first, 1,000 at most. A week is kept.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">Another organization, and the caller is no admin.</exception>
    [Alias("ListReceivers")]
    Task<ImmutableArray<ReceiverFigures>> ListReceiversAsync(Caller caller, string? organizationId, DateTimeOffset since);
}
