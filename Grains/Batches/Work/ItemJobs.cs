using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Grains.Jobs;
using JobTracker.Grains.Storage.Batches;
using JobTracker.Jobs;

namespace JobTracker.Grains.Batches.Work;

/// <summary>
/// Ends the jobs that items are linked to. Each item's row says that its job is owed the news until it was told, so a crash repeats a few and
/// forgets none; a job that has ended by itself is left alone, and noted.
/// </summary>
internal sealed class ItemJobs(BatchCell cell, BatchContext context)
{
    private const int JobsAtOnce = 16;
    private const int JobsPerPage = 256;

    public async Task TellAsync(CancellationToken cancellation)
    {
        var (told, noted) = (0L, 0L);
        while (await context.Store.ReadOwedJobsAsync(cell.Id, JobsPerPage, cancellation) is { Count: > 0 } owed)
        {
            List<ToldJob> page = [];
            foreach (var some in owed.Chunk(JobsAtOnce)) page.AddRange(await Task.WhenAll(some.Select(TellAsync)));
            cancellation.ThrowIfCancellationRequested();
            await context.Store.MarkJobsToldAsync(cell.Id, page, cancellation);
            (told, noted) = (told + page.Count, noted + page.Count(job => job.Note is not null));
        }
        if (told > 0) context.Log.ItemJobsTold(cell.Id.ToString(), told, noted);
        await cell.ChangeAsync(batch => batch.ItemJobsDone(), cancellation);
    }

    private async Task<ToldJob> TellAsync(OwedJob owed)
    {
        var target = owed.Status switch
        {
            ItemStatus.Completed => JobStatus.Completed,
            ItemStatus.Failed => JobStatus.Failed,
            ItemStatus.Cancelled => JobStatus.Cancelled,
            ItemStatus.Expired => JobStatus.Expired,
            ItemStatus.Pending => throw new InvalidOperationException($"The item {owed.CustomId} has no outcome to tell."),
        };
        var caller = new Caller(cell.Current!.Snapshot.OrganizationId, Act.System);
        var error = owed.Error is { } why ? new JobError(Code(why), why.Message) : null;
        var job = await JobMoves.MoveAsync(context.Grains.GetGrain<IJobGrain>(owed.JobId.ToString()), caller, target, error);
        return new ToldJob(owed.CustomId, job is null ? "not_found" : job.Status == target ? null : job.Status.Word);
    }

    private static string Code(ItemError error)
    {
        var code = error.Code is { Length: > 0 } finer ? finer : error.Type;
        return code[..Math.Min(code.Length, 128)];
    }
}
