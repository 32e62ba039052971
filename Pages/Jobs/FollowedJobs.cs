using JobTracker.Jobs;
using JobTracker.Pages.Callers;
using JobTracker.Pages.Live;

namespace JobTracker.Pages.Jobs;

/// <summary>
/// Jobs that a list does not tell of any more though it shows them: each is watched by itself, once for all pages of this gateway, while it
/// can still change.
/// </summary>
internal sealed class FollowedJobs(LiveFeeds feeds, PageCaller who, Action heard) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<JobId, IDisposable?> _followed = [];
    private readonly Dictionary<JobId, JobSnapshot?> _news = [];

    /// <summary>Follows these, and no others.</summary>
    public void Follow(IEnumerable<JobId> ids)
    {
        var wanted = ids.ToHashSet();
        foreach (var id in _followed.Keys.Where(id => !wanted.Contains(id)).ToList())
        {
            _followed.Remove(id, out var subscription);
            subscription?.Dispose();
        }
        foreach (var id in wanted.Where(id => _followed.TryAdd(id, null)))
        {
            // It may tell of the job before it returns, and that may end the following.
            var subscription = feeds.Jobs.Listen(who, new JobKey(who.Organization, id), known: null, state => Hear(id, state));
            if (_followed.ContainsKey(id))
                _followed[id] = subscription;
            else
                subscription.Dispose();
        }
    }

    /// <summary>What was heard since the last time; null in the place of a job that is no more.</summary>
    public IReadOnlyList<KeyValuePair<JobId, JobSnapshot?>> TakeNews()
    {
        lock (_lock)
        {
            var news = _news.ToList();
            _news.Clear();
            return news;
        }
    }

    public void Dispose()
    {
        Follow([]);
    }

    /// <summary>An outage changes no row: the list tells of it.</summary>
    private void Hear(JobId id, LiveState<JobSnapshot> state)
    {
        if (state.Fault is not null)
            return;
        lock (_lock)
            _news[id] = state.IsGone ? null : state.Value;
        heard();
    }
}
