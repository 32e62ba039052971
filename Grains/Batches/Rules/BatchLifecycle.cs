using System.Collections.Immutable;
using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Jobs;
using static JobTracker.Batches.BatchPhase;

namespace JobTracker.Grains.Batches.Rules;

/// <summary>Which phase may follow which, and what leads there. The only place that names transitions or assigns a phase.</summary>
internal static class BatchLifecycle
{
    /// <summary>The transition table. docs/batch-lifecycle.md is written from it.</summary>
    public static ImmutableArray<PhaseChange> Changes { get; } =
    [
        new(null, Receiving, "begun as a draft"),
        new(null, Polling, "adopted"),
        new(Receiving, Submitting, "submitted"),
        new(Submitting, Polling, "the provider has it"),
        new(Submitting, SubmissionUnknown, "the create's answer is lost"),
        new(Submitting, Reconciling, "refused for good, or cancelled before it was sent"),
        new(SubmissionUnknown, Polling, "found, or settled by adopting what it made"),
        new(SubmissionUnknown, Submitting, "absent for long enough"),
        new(Polling, Ingesting, "ended at the provider"),
        new(Polling, Reconciling, "the provider does not know it any more"),
        new(Ingesting, Polling, "at work after all"),
        new(Ingesting, Reconciling, "every line was read, or what is missing is given up"),
        new(Reconciling, PostProcessing, "every item has its outcome"),
        new(PostProcessing, Done, "everybody was told"),
        new(Done, Submitting, "what failed is sent again"),
        new(Submitting, Receiving, "deleted before it was sent"),
        new(Done, Receiving, "deleted"),
    ];

    /// <summary>What is in a phase may enter it anew, with what goes with that; it is no change.</summary>
    public static bool Allows(BatchPhase? from, BatchPhase to) =>
        from == to || Changes.Any(change => change.From == from && change.To == to);

    /// <summary>A new batch in its first phase.</summary>
    public static BatchSnapshot Begin(BatchPhase phase, BatchId id, JobId jobId, Caller caller, string provider, string? metadata) => new()
    {
        Id = id,
        JobId = jobId,
        OrganizationId = caller.OrganizationId,
        Provider = provider,
        Status = BatchStatus.Pending,
        Phase = Allows(null, phase) ? phase : throw NotAllowed(null, phase),
        CreatedAt = id.CreatedAt,
        Metadata = metadata ?? "{}",
        Version = 1,
    };

    extension(BatchSnapshot batch)
    {
        /// <summary>The batch in its next phase. What else goes with entering it, the change that leads there knows.</summary>
        /// <exception cref="InvalidOperationException">The table has no such transition: a fault of the service, which nothing may
        /// store.</exception>
        public BatchSnapshot Enter(BatchPhase phase) =>
            Allows(batch.Phase, phase) ? batch with { Phase = phase } : throw NotAllowed(batch.Phase, phase);

        /// <summary>The batch in its next attempt: what is not named here begins anew.</summary>
        /// <exception cref="InvalidOperationException">As for <see cref="Enter"/>.</exception>
        public BatchSnapshot EnterAnew(BatchPhase phase, JobId jobId) => new()
        {
            Id = batch.Id,
            JobId = jobId,
            OrganizationId = batch.OrganizationId,
            Provider = batch.Provider,
            Status = BatchStatus.Pending,
            Phase = batch.Enter(phase).Phase,
            Counts = batch.Counts,
            Attempts = batch.Attempts + 1,
            CreatedAt = batch.CreatedAt,
            LastAttemptAt = batch.LastAttemptAt,
            LastSuccessAt = batch.LastSuccessAt,
            Metadata = batch.Metadata,
            Version = batch.Version,
        };
    }

    private static InvalidOperationException NotAllowed(BatchPhase? from, BatchPhase to) =>
        new($"A batch does not go from {from?.Word ?? "its beginning"} to {to.Word}.");
}

/// <param name="From">Null: a new batch.</param>
/// <param name="To">The phase that is entered.</param>
/// <param name="Why">What leads there, in few words.</param>
internal sealed record PhaseChange(BatchPhase? From, BatchPhase To, string Why);
