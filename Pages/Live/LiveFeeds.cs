using JobTracker.Jobs;
using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;

namespace JobTracker.Pages.Live;

/// <summary>What pages listen to, once for all pages of this gateway.</summary>
public sealed class LiveFeeds(IJobDoor jobs, TimeProvider clock)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>One job, by the same watch as the API's event streams.</summary>
    public LiveFeed<JobKey, JobSnapshot> Jobs { get; } = new(
        async (who, key, last, stop) =>
        {
            if (last is null)
                return await jobs.GetAsync(who, key.Id);
            return await jobs.LookAsync(who, key.Id, last.Version, stop) switch
            {
                null => null,
                { Snapshots: [.., var newest] } => newest,
                // A group's counts move without a version of it.
                _ => last.Children is null ? last : await jobs.GetAsync(who, key.Id),
            };
        },
        TimeSpan.FromMilliseconds(250),
        clock);

    /// <summary>The counts of an organization, once a second.</summary>
    public LiveFeed<string, JobCounts> Counts { get; } = new(
        async (who, _, last, _) => await jobs.CountAsync(who) is var now && last is not null && IsSame(now, last) ? last : now,
        Second,
        clock);

    private static bool IsSame(JobCounts one, JobCounts other) => one.ByStatusAndType.SequenceEqual(other.ByStatusAndType);

    /// <summary>The key of what belongs to the caller's whole organization.</summary>
    public static string KeyOf(PageCaller who)
    {
        ArgumentNullException.ThrowIfNull(who);
        return who.Organization;
    }
}
