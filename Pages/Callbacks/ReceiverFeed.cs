using JobTracker.Jobs;
using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;
using JobTracker.Pages.Live;

namespace JobTracker.Pages.Callbacks;

/// <summary>How receivers do, read every 5 s for as long as anybody of an organization looks.</summary>
public sealed class ReceiverFeed
{
    /// <summary>One page tells what is owed to all receivers: no index leads to one's jobs, each would be a walk of its own.</summary>
    private const int MostOwed = 200;

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private readonly ICallbackDoor _callbacks;
    private readonly IJobDoor _jobs;
    private readonly TimeProvider _clock;

    public ReceiverFeed(ICallbackDoor callbacks, IJobDoor jobs, TimeProvider clock)
    {
        (_callbacks, _jobs, _clock) = (callbacks, jobs, clock);
        Reports = new(async (who, _, last, _) => await ReadAsync(who) is var now && now.Equals(last) ? last : now, Pace, clock);
    }

    /// <summary>By organization.</summary>
    public LiveFeed<string, ReceiverReport> Reports { get; }

    /// <summary>How they do now.</summary>
    public async Task<ReceiverReport> ReadAsync(PageCaller who)
    {
        var now = _clock.GetUtcNow();
        var receivers = await _callbacks.ListReceiversAsync(who, now - Day);
        var owed = await _jobs.ListAsync(who, new JobQuery { Callback = JobCallbackState.Owed, Limit = MostOwed });
        return ReceiverReport.Of(now, receivers, owed);
    }
}
