using System.Collections.Immutable;
using JobTracker.Batches;
using JobTracker.Jobs;
using JobTracker.Keys;
using JobTracker.Operations;
using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;
using JobTracker.Pages.Live;

namespace JobTracker.Pages.Overview;

/// <summary>
/// What the overview tells beside counts, read every 5 s for as long as anybody of an organization looks: a few pages of 50, whatever the
/// organization has.
/// </summary>
public sealed class OverviewFeed
{
    /// <summary>How many of a kind are looked at.</summary>
    private const int PageSize = 50;

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private static readonly ImmutableArray<BatchStatus> Open = [.. Enum.GetValues<BatchStatus>().Where(status => !status.IsTerminal)];
    private static readonly ImmutableArray<BatchStatus> Ended = [.. Enum.GetValues<BatchStatus>().Where(status => status.IsTerminal)];

    private readonly IJobDoor _jobs;
    private readonly ICallbackDoor _callbacks;
    private readonly IBatchDoor _batches;
    private readonly IOperationDoor _operations;
    private readonly TimeProvider _clock;

    public OverviewFeed(IJobDoor jobs, ICallbackDoor callbacks, IBatchDoor batches, IOperationDoor operations, TimeProvider clock)
    {
        (_jobs, _callbacks, _batches, _operations, _clock) = (jobs, callbacks, batches, operations, clock);
        Parts = new(async (who, _, last, _) => await ReadAsync(who) is var now && now.Equals(last) ? last : now, Pace, clock);
    }

    /// <summary>By organization and what its readers may see.</summary>
    public LiveFeed<OverviewKey, OverviewNow> Parts { get; }

    /// <summary>What the caller may see of it.</summary>
    public static OverviewKey KeyOf(PageCaller who)
    {
        ArgumentNullException.ThrowIfNull(who);
        return new(who.Organization, who.May(Scopes.JobsRead), who.May(Scopes.BatchesRead));
    }

    /// <summary>All of it, now; without what the caller has no scope for.</summary>
    public async Task<OverviewNow> ReadAsync(PageCaller who)
    {
        var now = _clock.GetUtcNow();
        var first = OverviewNow.FirstMinute(now);
        var (_, seesJobs, seesBatches) = KeyOf(who);
        var ends = seesJobs ? await _jobs.CountEndsAsync(who, first) : [];
        var lines = ImmutableArray.CreateBuilder<AttentionLine>();
        // Lists are walked for what the counts say is there: an hour without failures costs none.
        foreach (var end in BadEnd.All.Where(end => ends.Any(count => count.Status == end.Status)))
            lines.AddRange(await ReadAsync(who, end, first));
        if (seesJobs)
            lines.AddRange(AttentionLines.OfReceivers(await _callbacks.ListReceiversAsync(who, now - Day)));
        if (seesBatches)
            lines.AddRange(await ReadBatchesAsync(who));
        if (seesJobs)
        {
            var newest = await _operations.ListAsync(who, new OperationQuery { Limit = PageSize });
            lines.AddRange(AttentionLines.OfOperations(newest, now - Day));
        }
        return new OverviewNow(first, ends, lines.ToImmutable());
    }

    private async Task<IEnumerable<AttentionLine>> ReadAsync(PageCaller who, BadEnd end, DateTimeOffset since)
    {
        var page = await _jobs.ListAsync(
            who, new JobQuery { Statuses = [end.Status], StopReason = end.StopReason, CompletedAfter = since, Limit = PageSize });
        return AttentionLines.OfJobs(end, page.Jobs.Length, page.HasNext, since);
    }

    /// <summary>Open ones, oldest first, for what is stuck grows old; and the newest that ended: a handler may be stuck with one.</summary>
    private async Task<IEnumerable<AttentionLine>> ReadBatchesAsync(PageCaller who)
    {
        var open = await _batches.ListAsync(who, new BatchQuery { Statuses = Open, Limit = PageSize, Ascending = true });
        var ended = await _batches.ListAsync(who, new BatchQuery { Statuses = Ended, Limit = PageSize });
        return AttentionLines.OfBatches(open.Batches.Concat(ended.Batches), open.HasNext);
    }
}
