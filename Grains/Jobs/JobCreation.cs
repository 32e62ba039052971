using JobTracker.Callers;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Jobs;

namespace JobTracker.Grains.Jobs;

/// <summary>What a create answers that met a job which is there already.</summary>
internal static class JobCreation
{
    /// <summary>The same create again, under the same id: a client that lost the answer. Anything else must find a new id.</summary>
    public static JobOutcome Again(Job existing, Caller caller, CreateJob command) => existing switch
    {
        _ when existing.Snapshot.OrganizationId != caller.OrganizationId => new JobOutcome.NotFound(),
        _ when command.IdempotencyKey is { } key && key == existing.IdempotencyKey =>
            OfSameKey(existing.Snapshot, existing.Fingerprint, command),
        _ => new JobOutcome.Refused(new Refusal.InvalidField("id", "belongs to a job already")),
    };

    /// <summary>
    /// The job that an earlier create made under this key; null where it is gone meanwhile, and the key with it. It is asked by an update
    /// of nothing, which waits its turn: a read would overtake a create whose row is stored and whose grain does not know it yet.
    /// </summary>
    public static async Task<JobOutcome?> OfHolderAsync(
        IGrainFactory grains, JobWriteResult.KeyTaken taken, Caller caller, CreateJob command) =>
        await grains.GetGrain<IJobGrain>(taken.Holder.ToString()).UpdateAsync(caller, new UpdateJob()) is JobOutcome.AlreadyDone(var holder)
            ? OfSameKey(holder, taken.Fingerprint, command)
            : null;

    private static JobOutcome OfSameKey(JobSnapshot job, string? fingerprint, CreateJob command) =>
        CreateFingerprint.Fits(fingerprint, command)
            ? new JobOutcome.AlreadyDone(job)
            : new JobOutcome.Refused(new Refusal.IdempotencyKeyReused(command.IdempotencyKey!));
}
