using System.Collections.Immutable;
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
        var asked = operation.OnJob();
        return [.. await Task.WhenAll(operation.Step.Select(job => DoAsync(job, asked, grains)))];
    }

    private static async Task<OperationEffect> DoAsync(JobId job, OperationOnJob asked, IGrainFactory grains)
    {
        try
        {
            return await grains.GetGrain<IOperatedJobGrain>(job.ToString()).OperateAsync(asked);
        }
        catch (Exception fault) when (CallFailures.Of(fault) == CallFailure.Final)
        {
            return new OperationEffect(null, fault.Message);
        }
    }
}
