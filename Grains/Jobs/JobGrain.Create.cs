using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Grains.Jobs.Doors;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Jobs.Rules;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Jobs;
using JobTracker.Storage;

namespace JobTracker.Grains.Jobs;

/// <summary>How the grain comes to have a job.</summary>
internal sealed partial class JobGrain
{
    /// <summary>How often one create may find its key taken by a job that is gone a moment later.</summary>
    private const int MostTries = 32;

    public Task<JobOutcome> CreateAsync(Caller caller, CreateJob command) => CreateAsync(caller, command, batch: null);

    private async Task<JobOutcome> CreateAsync(Caller caller, CreateJob command, BatchId? batch, RetryOf? retry = null)
    {
        _wasAskedFor = true;
        return _memory.Job is { } existing
            ? await ShownAsync(JobCreation.Again(existing, caller, command))
            : await absent.WhileMadeAsync(
                GrainContext, () => MakeAsync(caller, command, batch, retry), isThere: () => _memory.Job is not null);
    }

    private async Task<JobOutcome> MakeAsync(Caller caller, CreateJob command, BatchId? batch, RetryOf? retry)
    {
        var id = JobId.Parse(this.GetPrimaryKeyString());
        for (var tries = 0; tries < MostTries; tries++)
        {
            // A retry is as old as its id, which the job before it has named since then.
            var act = retry is null
                ? Act.Of(caller.UserId, clock) with { Latest = steady.GetUtcNow() }
                : new Act(caller.UserId, id.CreatedAt);
            var decision = Job.Decide(id, caller, command, act, limits.Value, addresses, batch, retry);
            var notMade = await MakeAsync(decision, caller, command);
            if (notMade is JobWriteResult.NotTaken(var reason))
                return new JobOutcome.Refused(reason);
            if (notMade is not JobWriteResult.KeyTaken taken)
                return decision is Decision.Refuse refuse
                    ? new JobOutcome.Refused(refuse.Reason)
                    : new JobOutcome.Accepted(Made(_memory.Job!.Snapshot));
            if (await JobCreation.OfHolderAsync(GrainFactory, taken, caller, command) is { } outcome)
                return outcome;
        }

        throw new StorageOverloadedException(
            "The jobs under this idempotency key are deleted as fast as they are made; nothing was stored. Repeat the command.");
    }

    /// <summary>A new group has no children.</summary>
    private static JobSnapshot Made(JobSnapshot job) => job.Group is null ? job : job with { Children = ChildCounts.None };

    /// <summary>
    /// Stores a new job, unless its key belongs to another one or its parent does not take it. What is refused is looked up by its key
    /// first: what was allowed when the key was used may be forbidden by now, for time passes and limits change, and a repetition is told
    /// of its job all the same.
    /// </summary>
    private async Task<JobWriteResult?> MakeAsync(Decision decision, Caller caller, CreateJob command) => decision switch
    {
        Decision.Store store => await SaveAsync(needs.Planned(callbacks.Owing(store.Next, _memory.Job))),
        Decision.Refuse when CreateRules.HasKey(command, limits.Value) =>
            await keys.HolderAsync(caller.OrganizationId, command.IdempotencyKey!),
        _ => null,
    };
}
