using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Storage.Batches;
using JobTracker.Jobs;

namespace JobTracker.Grains.Batches.Work;

/// <summary>
/// Ends the jobs that items are linked to. Each item's row says that its job is owed the news until it was told, so a crash repeats a few
/// and forgets none; a job that has ended by itself is left alone, and noted. One that cannot be told holds up nobody: the others are told,
/// it is tried again in rounds, and in the last of them given up, and noted.
/// </summary>
internal sealed class ItemJobs(BatchCell cell, BatchContext context)
{
    private const int JobsAtOnce = 16;
    private const int JobsPerPage = 256;

    /// <summary>What an item's <c>job_note</c> says of a job that was given up.</summary>
    private const string NotTold = "not_told";

    private long _told;
    private long _noted;
    private long _left;
    private string? _firstLeft;

    public async Task TellAsync(CancellationToken cancellation)
    {
        var isLastRound = cell.Current!.Attempt.ItemJobRounds + 1 >= context.Options.LinkedJobRounds;
        string? after = null;
        while (await context.Store.ReadOwedJobsAsync(cell.Id, after, JobsPerPage, cancellation) is { Count: > 0 } owed)
        {
            await TellPageAsync(owed, isLastRound, cancellation);
            after = owed[^1].CustomId;
        }
        if (_told > 0)
            context.Log.ItemJobsTold(cell.Id.ToString(), _told, _noted);
        if (_left > 0)
            context.Log.ItemJobsNotTold(cell.Id.ToString(), _left, isLastRound, _firstLeft!);
        var problem = _left == 0
            ? null
            : $"{_left} linked jobs {(isLastRound ? "were never told" : "are not told yet")}, such as that of {_firstLeft}";
        await cell.ChangeAsync(batch => problem is null || isLastRound
            ? batch.ItemJobsDone(problem)
            : batch.ItemJobsLeft(problem, context.Moment), cancellation);
    }

    private async Task TellPageAsync(IReadOnlyList<OwedJob> owed, bool isLastRound, CancellationToken cancellation)
    {
        List<ToldJob> told = [];
        foreach (var some in owed.Chunk(JobsAtOnce))
        {
            foreach (var (job, problem) in await Task.WhenAll(some.Select(TryAsync)))
            {
                if (problem is not null)
                    _firstLeft ??= $"item {job.CustomId}: {problem}";
                if (problem is not null)
                    _left++;
                if (problem is null || isLastRound)
                    told.Add(job);
            }
            cancellation.ThrowIfCancellationRequested(); // what failed by our going away is no fault of a job's
        }
        await context.Store.MarkJobsToldAsync(cell.Id, told, cancellation);
        (_told, _noted) = (_told + told.Count, _noted + told.Count(job => job.Note is not null));
    }

    /// <summary>Whatever is wrong with one job is about that job alone.</summary>
    private async Task<(ToldJob Job, string? Problem)> TryAsync(OwedJob owed)
    {
        try
        {
            var move = await MoveAsync(owed);
            return move.IsTold ? (new ToldJob(owed.CustomId, move.Note), null) : (new ToldJob(owed.CustomId, NotTold), move.Problem);
        }
        catch (Exception problem)
        {
            return (new ToldJob(owed.CustomId, NotTold), problem.Message);
        }
    }

    private Task<JobMove> MoveAsync(OwedJob owed)
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
        var error = owed.Error is { } why ? JobErrors.Fit(context.JobLimits, why.Message, why.Code, why.Type) : null;
        return JobMoves.MoveAsync(context.Grains.GetGrain<IJobGrain>(owed.JobId.ToString()), caller, target, error);
    }
}
