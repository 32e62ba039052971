using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;
using JobTracker.Pages.Live;

namespace JobTracker.Pages.Jobs;

/// <summary>Lists of jobs, each read once a second for all pages of this gateway that show it.</summary>
public sealed class JobListFeed
{
    /// <summary>Of the newest jobs twice a page is read: so many may be new before their number is not exact.</summary>
    private const int MostRead = 2 * JobList.PageJobs;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly IJobDoor _jobs;
    private readonly TimeProvider _clock;

    public JobListFeed(IJobDoor jobs, TimeProvider clock)
    {
        (_jobs, _clock) = (jobs, clock);
        Lists = new((who, key, last, _) => NextAsync(who, key, last), Second, clock);
    }

    /// <summary>By what their addresses ask for.</summary>
    public LiveFeed<JobListKey, JobList> Lists { get; }

    /// <summary>One page, now.</summary>
    public Task<JobList> ReadAsync(PageCaller who, JobFilter filter) => ReadAsync(who, filter, JobList.PageJobs);

    private async Task<JobList?> NextAsync(PageCaller who, JobListKey key, JobList? last)
    {
        var filter = JobFilter.Parse(key.Search);
        var now = await ReadAsync(who, filter, filter.HasCursor ? JobList.PageJobs : MostRead);
        return now.Equals(last) ? last : now;
    }

    private async Task<JobList> ReadAsync(PageCaller who, JobFilter filter, int limit)
    {
        var read = filter.Read(_jobs, _clock.GetUtcNow());
        var query = read.Query with { Limit = limit };
        return read.MatchesNothing ? JobList.Empty : JobList.Of(await _jobs.ListAsync(who, query), query);
    }
}

/// <summary>A list as one organization sees it.</summary>
/// <param name="Search">What its address asks for (<see cref="JobFilter.Search"/>).</param>
public readonly record struct JobListKey(string Organization, string Search);
