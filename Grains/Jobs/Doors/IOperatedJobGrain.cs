using System.Collections.Immutable;
using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Jobs;
using JobTracker.Operations;

namespace JobTracker.Grains.Jobs.Doors;

/// <summary>The side of a job's grain that operations talk to.</summary>
[Alias("jobtracker.grains.IOperatedJobGrain")]
internal interface IOperatedJobGrain : IGrainWithStringKey
{
    /// <summary>
    /// Does what the operation does with each of its jobs, by the rules of the single command. Harmless twice: the row names the operation
    /// that was here last.
    /// </summary>
    [Alias("Operate")]
    Task<OperationEffect> OperateAsync(OperationOnJob command);
}

/// <summary>What an operation asks of one job.</summary>
/// <param name="Caller">Who started it.</param>
/// <param name="Statuses">The job must still be in one of these; empty: in any.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.grains.OperationOnJob")]
internal sealed record OperationOnJob(
    [property: Id(0)] OperationId Operation,
    [property: Id(1)] OperationAction Action,
    [property: Id(2)] Caller Caller,
    [property: Id(3)] ImmutableArray<JobStatus> Statuses);

/// <summary>What came of it; neither of the two: it is done.</summary>
/// <param name="Skipped">Why the job was left as it was, in a word.</param>
/// <param name="Failure">Why it could not be done, in a sentence.</param>
/// <param name="Batch">The job is left because it is this batch's, which alone may end it.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.grains.OperationEffect")]
internal readonly record struct OperationEffect(
    [property: Id(0)] string? Skipped, [property: Id(1)] string? Failure = null, [property: Id(2)] BatchId? Batch = null)
{
    public static OperationEffect Done { get; }
    public static OperationEffect NotFound { get; } = new("not_found");
    public static OperationEffect AlreadyEnded { get; } = new("already_ended");
    public static OperationEffect NoLongerMatches { get; } = new("no_longer_matches");

    /// <summary>What the job's rules said no to.</summary>
    public static OperationEffect Of(Refusal refusal) => refusal switch
    {
        Refusal.TransitionNotAllowed or Refusal.JobHasEnded => AlreadyEnded,
        Refusal.JobFollowsBatch { Batch: var batch } => new("job_follows_batch", Batch: batch),
        Refusal.NothingToRedeliver => new("nothing_to_redeliver"),
        _ => new(null, $"It was refused: {refusal.GetType().Name}."),
    };
}
