using System.Collections.Concurrent;
using JobTracker.Callers;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Storage;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Jobs;
using Microsoft.Extensions.Logging;

namespace JobTracker.Grains.Groups;

/// <summary>
/// Cancels the open children of groups, beside whatever else is swept: one walk a group at a time, outside of quotas and rates. Each
/// child decides for itself. What a walk leaves open, because it could not be reached, the next one takes.
/// </summary>
internal sealed class ChildCancels(
    IJobStore store, IGrainFactory grains, GroupOptions options, TimeProvider clock, ILogger<ChildCancels> log)
{
    /// <summary>Beyond a page's own: an index serves parent and statuses together, so that nothing is looked at in vain.</summary>
    private const int Scan = 10_000;

    private readonly ConcurrentDictionary<JobId, Walk> _walks = new();

    /// <summary>Begins a walk, unless one is under way, or the last one came upon nothing that it could cancel a moment ago.</summary>
    public void Begin(JobId group, ChildCancel cancel)
    {
        foreach (var (id, old) in _walks)
        {
            if (old.RestUntil <= clock.GetUtcNow())
                _walks.TryRemove(new(id, old));
        }

        if (_walks.Values.Count(walk => walk.IsUnderWay) < options.CancelWalks && _walks.TryAdd(group, Walk.UnderWay))
            _ = WalkAsync(group, cancel);
    }

    private async Task WalkAsync(JobId group, ChildCancel cancel)
    {
        var taken = 0;
        try
        {
            var query = new JobQuery
            {
                OrganizationId = cancel.OrganizationId,
                ParentId = group,
                Statuses = [JobStatus.Created, JobStatus.Pending, JobStatus.Running],
                Limit = options.CancelPage,
                Ascending = true,
            };
            for (JobQuery? rest = query; rest is not null;)
            {
                var page = await store.ListAsync(rest, new PageLimits(options.CancelPageBytes, Scan), CancellationToken.None);
                await Parallel.ForEachAsync(
                    page.Jobs.Select(job => job.Id), new ParallelOptions { MaxDegreeOfParallelism = options.CancelsInFlight },
                    async (child, _) =>
                    {
                        if (await CancelAsync(child, cancel))
                            Interlocked.Increment(ref taken);
                    });
                rest = page.RestOf(rest);
            }
        }
        catch (Exception problem)
        {
            log.CancelsBroken(problem, group);
        }
        finally
        {
            _walks[group] = new Walk(taken > 0 ? DateTimeOffset.MinValue : clock.GetUtcNow() + options.CancelPause);
        }
    }

    private async Task<bool> CancelAsync(JobId child, ChildCancel cancel)
    {
        var command = new CancelJob { StopReason = cancel.StopReason };
        try
        {
            return await grains.GetGrain<IJobGrain>(child.ToString()).CancelAsync(new Caller(cancel.OrganizationId, Act.System), command)
                is JobOutcome.Accepted;
        }
        catch (Exception problem)
        {
            // It stays open, and its cancel owed; the others go on.
            log.ChildNotCancelled(problem, child);
            return false;
        }
    }

    /// <summary>A walk, or the rest after it.</summary>
    private sealed record Walk(DateTimeOffset RestUntil)
    {
        public static readonly Walk UnderWay = new(DateTimeOffset.MaxValue);

        public bool IsUnderWay => RestUntil == DateTimeOffset.MaxValue;
    }
}
