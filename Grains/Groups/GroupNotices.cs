using JobTracker.Grains.Storage.Groups;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Sql;
using JobTracker.Jobs;
using Microsoft.Extensions.Logging;

namespace JobTracker.Grains.Groups;

/// <summary>
/// Makes groups look at their counts: reads the notices that the writes of their children left, and removes each when its group has
/// looked. Those of a group that still cancels its children stay: the cancels are owed until they are taken.
/// </summary>
internal sealed class GroupNotices(
    IJobStore store, IGrainFactory grains, ChildCancels cancels, GroupOptions options, TimeProvider clock, ILogger<GroupNotices> log)
{
    /// <summary>One walk over all notices; a few looks at once.</summary>
    public async Task StepAsync(CancellationToken stopping)
    {
        try
        {
            var after = default(GroupNotice);
            IReadOnlyList<GroupNotice> page;
            do
            {
                page = await store.ReadNoticesAsync(after, options.NoticePage, stopping);
                await Parallel.ForEachAsync(
                    page.GroupBy(notice => notice.Group),
                    new ParallelOptions { MaxDegreeOfParallelism = options.LooksInFlight, CancellationToken = stopping },
                    async (notices, _) => await LookAsync(notices.Key, [.. notices]));
                if (page.Count > 0)
                    after = page[^1];
            }
            while (page.Count == options.NoticePage);
        }
        catch (StoreException problem)
        {
            log.NoticesNotRead(problem);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next sweeper goes on: the notices stand in their table.
        }
    }

    private async Task LookAsync(JobId group, GroupNotice[] notices)
    {
        try
        {
            var look = await grains.GetGrain<IGroupGrain>(group.ToString()).LookAsync().WaitAsync(options.LookPatience, clock);
            if (look.Cancel is { } cancel)
            {
                cancels.Begin(group, cancel);
                return;
            }

            if (look.IsGone)
                await store.ForgetChildrenAsync(group, CancellationToken.None);
            foreach (var notice in notices)
                await store.RemoveNoticeAsync(notice, CancellationToken.None);
        }
        catch (Exception problem)
        {
            // The notice stays, and the group looks with the next step.
            log.GroupDidNotLook(problem, group);
        }
    }
}
