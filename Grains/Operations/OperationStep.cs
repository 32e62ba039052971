using System.Collections.Immutable;
using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Cluster;
using JobTracker.Grains.Jobs.Doors;
using JobTracker.Grains.Operations.Life;
using JobTracker.Jobs;

namespace JobTracker.Grains.Operations;

/// <summary>Does a step: all of its jobs at the same time, each through its grain.</summary>
internal static class OperationStep
{
    /// <summary>What came of each, in order. Harmless twice.</summary>
    /// <exception cref="Exception">The cluster or its database is away, as it told: some jobs may be done.</exception>
    public static async Task<ImmutableArray<OperationEffect>> DoAsync(this Operation operation, IGrainFactory grains)
    {
        var (asked, cancelsBatches) = (operation.OnJob(), operation.CancelsBatches);
        return [.. await Task.WhenAll(operation.Step.Select(job => DoAsync(job, asked, cancelsBatches, grains)))];
    }

    private static async Task<OperationEffect> DoAsync(JobId job, OperationOnJob asked, bool cancelsBatches, IGrainFactory grains)
    {
        try
        {
            var effect = await grains.GetGrain<IOperatedJobGrain>(job.ToString()).OperateAsync(asked);
            return effect.Batch is { } batch && cancelsBatches ? await CancelAsync(batch, asked.Caller, grains) : effect;
        }
        catch (Exception fault) when (CallFailures.Of(fault) == CallFailure.Final)
        {
            return new OperationEffect(null, fault.Message);
        }
    }

    /// <summary>A batch's job ends with it alone: so the batch is cancelled; where it is already, it may be by this operation.</summary>
    private static async Task<OperationEffect> CancelAsync(BatchId batch, Caller caller, IGrainFactory grains) =>
        await grains.GetGrain<IBatchGrain>(batch.ToString()).CancelAsync(caller) switch
        {
            BatchOutcome.Accepted or BatchOutcome.AlreadyDone => OperationEffect.Done,
            BatchOutcome.Refused { Reason: BatchRefusal.HasEnded } => OperationEffect.AlreadyEnded,
            BatchOutcome.Refused { Reason: var reason } =>
                new OperationEffect(null, $"{batch} was not cancelled: {reason.GetType().Name}."),
            _ => OperationEffect.NotFound,
        };
}
