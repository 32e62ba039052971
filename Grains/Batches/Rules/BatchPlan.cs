using JobTracker.Batches;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Batches.Options;

namespace JobTracker.Grains.Batches.Rules;

/// <summary>What is to be done for a batch next.</summary>
internal enum BatchStep
{
    /// <summary>Nothing before <c>next_poll_at</c>.</summary>
    Rest = 0,

    /// <summary>A draft that was left alone.</summary>
    Discard = 1,
    MakeJob = 2,
    TellJob = 3,
    Submit = 4,

    /// <summary>A create call was under way when its silo went away.</summary>
    LoseSubmission = 5,
    Find = 6,
    EndUnsent = 7,
    CancelAtProvider = 8,
    Poll = 9,
    Ingest = 10,
    Reconcile = 11,
    TellItemJobs = 12,
    Handle = 13,

    /// <summary>It was kept for as long as its outcome says.</summary>
    Purge = 14,

    /// <summary>Its rows go.</summary>
    Remove = 15,
}

/// <summary>The order of things, pure: a batch and the time in, the next step out.</summary>
internal static class BatchPlan
{
    public static BatchStep Next(Batch batch, DateTimeOffset now, BatchRetentionOptions retention) => batch switch
    {
        { IsRemoved: true } => BatchStep.Remove,
        { Snapshot.Phase: BatchPhase.Done } => batch.IsKeptEnough(retention, now) ? BatchStep.Purge : BatchStep.Rest,
        { Snapshot.NextPollAt: null } => BatchStep.Rest,
        _ when batch.Snapshot.NextPollAt > now && !OwesItsJob(batch, now) => BatchStep.Rest,
        { IsDraft: true } => BatchStep.Discard,
        { Attempt.JobMade: false } => BatchStep.MakeJob,
        _ when OwesItsJob(batch, now) => BatchStep.TellJob,
        _ => ByPhase(batch, now),
    };

    /// <summary>The job learns that the batch runs as soon as that is known. Of the end it hears after the jobs of the items.</summary>
    private static bool OwesItsJob(Batch batch, DateTimeOffset now) =>
        batch is { Attempt.JobMade: true, Snapshot.Status: BatchStatus.Running } && batch.Attempt.JobTold != BatchStatus.Running
            && !(batch.Attempt.TellJobAt > now);

    /// <summary>Linked jobs that could not be told wait for their next time, and nothing waits for them but the end.</summary>
    private static BatchStep ByPhase(Batch batch, DateTimeOffset now) => batch.Snapshot.Phase switch
    {
        BatchPhase.Submitting or BatchPhase.SubmissionUnknown when batch is { IsUnresolved: true, Attempt.LostAt: null } =>
            BatchStep.LoseSubmission,
        BatchPhase.Submitting => batch.Snapshot.CancelRequestedAt is null ? BatchStep.Submit : BatchStep.EndUnsent,
        BatchPhase.SubmissionUnknown => BatchStep.Find,
        BatchPhase.Polling => batch.OwesCancel(now) ? BatchStep.CancelAtProvider : BatchStep.Poll,
        BatchPhase.Ingesting => batch.Attempt.AskedAnew ? BatchStep.Ingest : BatchStep.Poll,
        BatchPhase.Reconciling => BatchStep.Reconcile,
        BatchPhase.PostProcessing when !batch.Attempt.ItemJobsTold && !(batch.Attempt.TellItemJobsAt > now) => BatchStep.TellItemJobs,
        BatchPhase.PostProcessing when batch.Attempt.JobTold != batch.Snapshot.Status => BatchStep.TellJob,
        BatchPhase.PostProcessing => BatchStep.Handle,
        BatchPhase.Receiving or BatchPhase.Done => BatchStep.Rest,
    };
}
