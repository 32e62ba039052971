using JobTracker.Jobs;
using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;
using JobTracker.Pages.Live;

namespace JobTracker.Pages.OneJob;

/// <summary>Jobs that are open on pages of this gateway: each is watched once, by the same watch as the API's event streams.</summary>
public sealed class JobViews
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    /// <summary>The counts of a group's children move without a version of it: so often they are read.</summary>
    private static readonly TimeSpan CountsPace = TimeSpan.FromSeconds(1);

    private readonly IJobDoor _jobs;
    private readonly TimeProvider _clock;

    public JobViews(IJobDoor jobs, TimeProvider clock)
    {
        (_jobs, _clock) = (jobs, clock);
        Feed = new(NextAsync, Pace, clock);
    }

    /// <summary>What is told of each.</summary>
    public LiveFeed<JobKey, JobView> Feed { get; }

    /// <summary>The job now; null: there is none.</summary>
    public async Task<JobView?> ReadAsync(PageCaller who, JobId id) =>
        await _jobs.GetAsync(who, id) is { } job ? await ViewAsync(who, job, null) : null;

    private async Task<JobView?> NextAsync(PageCaller who, JobKey key, JobView? last, CancellationToken stop)
    {
        if (last is null)
            return await ReadAsync(who, key.Id);
        var isGroup = last.Job is { Group: not null, Status.IsTerminal: false };
        using var brief = new CancellationTokenSource(isGroup ? CountsPace : Timeout.InfiniteTimeSpan, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(brief.Token, stop);
        return await _jobs.LookAsync(who, key.Id, last.Job.Version, either.Token) switch
        {
            null => null,
            { Snapshots: [.., var newest] } => await ViewAsync(who, newest, last),
            _ => isGroup ? await CountAsync(who, last) : last,
        };
    }

    private async Task<JobView?> CountAsync(PageCaller who, JobView last) => await _jobs.GetAsync(who, last.Job.Id) switch
    {
        null => null,
        var job when job.Version == last.Job.Version && (job.Children is null || job.Children == last.Job.Children) => last,
        var job => await ViewAsync(who, job, last),
    };

    private async Task<JobView> ViewAsync(PageCaller who, JobSnapshot job, JobView? last)
    {
        var isTried = job.Callback is { Attempts: > 0 };
        var isKnown = last is not null && job.Callback?.Attempts == last.Job.Callback?.Attempts;
        var attempts = !isTried ? null : isKnown ? last!.Attempts : await _jobs.GetAttemptsAsync(who, job.Id);
        return JobView.Of(job with { Children = job.Children ?? last?.Job.Children }, attempts);
    }
}
