using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Jobs.Doors;
using JobTracker.Jobs;
using JobTracker.PlainText;

namespace JobTracker.Grains.Batches.Work;

/// <summary>The job of type batch: made once, and moved by what happens to the batch.</summary>
internal sealed class BatchJob(BatchCell cell, BatchContext context)
{
    public async Task MakeAsync()
    {
        var batch = cell.Current!;
        var maker = new Caller(batch.Snapshot.OrganizationId, batch.UserId);
        if (batch.IsRemoved)
            return;
        switch (await Grain(batch.Snapshot.JobId).MakeAsync(batch.Id, maker, batch.JobToMake()))
        {
            case JobOutcome.Accepted(var made):
                await cell.ChangeAsync(current => current.JobCreated(made.Id));
                break;
            case JobOutcome.AlreadyDone(var there):
                await cell.ChangeAsync(current => current.JobCreated(there.Id));
                break;
            case JobOutcome.Refused { Reason: Refusal.InvalidField { Field: "id", Problem: var skew } }:
                if (IsOfNow(batch.Snapshot.JobId))
                    throw new ClocksDifferException($"The clocks of two silos differ: the id of the batch's job {skew}.");
                // A job's id is as old as the job: this one has waited too long for its row.
                await cell.ChangeAsync(current => current.WithJobId(JobId.New(context.Clock)));
                break;
            case var refused:
                throw new InvalidOperationException($"The job of the batch is refused: {refused}");
        }
        // Deleted meanwhile: the job must not stay behind.
        if (cell.Current is null or { IsRemoved: true })
            await Grain(batch.Snapshot.JobId).LeaveAsync(batch.Id);
    }

    /// <summary>As this silo has it: another id would be refused as this one was.</summary>
    private bool IsOfNow(JobId id) => id.CreatedAt >= context.Latest - context.JobLimits.ClockSkew;

    /// <summary>The batch goes: its jobs are their callers' now.</summary>
    public async Task LeaveAsync()
    {
        var batch = cell.Current!;
        foreach (var job in batch.EarlierJobs.Add(batch.Snapshot.JobId))
            await Grain(job).LeaveAsync(batch.Id);
    }

    /// <summary>
    /// Told is what the job took, or what can never reach it: it had ended by itself, or is not there. All else is told again.
    /// </summary>
    public async Task TellAsync(CancellationToken cancellation)
    {
        var batch = cell.Current!;
        var (id, jobId) = (cell.Id.ToString(), batch.Snapshot.JobId.ToString());
        var (move, failure) = await TryMoveAsync(batch);
        if (move is not { IsTold: true })
        {
            cancellation.ThrowIfCancellationRequested(); // the job's grain goes as this one does
            var problem = move?.Problem ?? failure!;
            context.Log.JobNotTold(id, jobId, problem);
            await cell.ChangeAsync(
                current => current.JobRefused($"The batch's job was not told: {problem}", context.Moment), CancellationToken.None);
            return;
        }
        if (move.Note is { } note)
            context.Log.JobHadEnded(id, jobId, note);
        await cell.ChangeAsync(current => current.Told(batch.Snapshot.Status), CancellationToken.None);
    }

    private async Task<(JobMove? Move, string? Failure)> TryMoveAsync(Batch batch)
    {
        var target = Target(batch.Snapshot.Status);
        var error = batch.JobError() is { } why ? JobErrors.Fit(context.JobLimits, why.Message, why.Code) : null;
        try
        {
            return await Grain(batch.Snapshot.JobId)
                .FollowAsync(batch.Id, new BatchNews(target, PlainJson.Of(batch.JobMetadata()), error)) switch
            {
                JobOutcome.Accepted(var told) => (new JobMove(told, target), null),
                JobOutcome.AlreadyDone(var there) => (new JobMove(there, target), null),
                JobOutcome.Refused(var reason) => (null, reason.ToString()),
                _ => (new JobMove(null, target), null),
            };
        }
        catch (Exception failure)
        {
            return (null, failure.Message);
        }
    }

    private IBatchJobGrain Grain(JobId job) => context.Grains.GetGrain<IBatchJobGrain>(job.ToString());

    private static JobStatus Target(BatchStatus status) => status switch
    {
        BatchStatus.Pending => JobStatus.Pending,
        BatchStatus.Running => JobStatus.Running,
        BatchStatus.Completed => JobStatus.Completed,
        BatchStatus.Failed => JobStatus.Failed,
        BatchStatus.Cancelled => JobStatus.Cancelled,
        BatchStatus.Expired => JobStatus.Expired,
    };
}

/// <summary>
/// Another silo takes an id that was made here a moment ago for one of another time. It is tried again, until somebody has set the clocks.
/// </summary>
internal sealed class ClocksDifferException(string message) : InvalidOperationException(message);
