using System.Collections.Immutable;
using JobTracker.Batches;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Providers.Errors;

namespace JobTracker.Grains.Batches.Life;

/// <summary>Why a batch failed as a whole.</summary>
internal sealed partial record Batch
{
    /// <summary>The provider's reasons, in the words that were made fit where they were read.</summary>
    private static ImmutableArray<BatchError> Reasons(IReadOnlyList<ProviderFault> faults) =>
        [.. faults.Take(ProviderFault.Most).Select(fault => new BatchError(fault.Word, fault.Message, fault.Line, fault.Param))];

    /// <summary>Of a request that was refused; one that our own limits refused has no reasons of the provider's.</summary>
    private static ImmutableArray<BatchError> Reasons(ProviderError refused) =>
        refused.Faults.Count > 0 ? Reasons(refused.Faults) : [new BatchError(refused.Type ?? BatchVerdict.RefusedWord, refused.Message)];

    /// <summary>What stands on a batch that failed: no failure is without a reason.</summary>
    private ImmutableArray<BatchError> ReasonsOfFailure() => (Snapshot, Attempt.Verdict, Attempt.Ended) switch
    {
        ({ Errors.IsEmpty: false }, _, _) => Snapshot.Errors,
        (_, { Missing.Error: { } error }, _) => [new BatchError(error.Code ?? error.Type, error.Message)],
        (_, _, { Faults: { Count: > 0 } faults }) => Reasons(faults),
        (_, _, { End: ProviderEnd.Failed }) =>
            [new BatchError("batch_failed", "The provider says that the batch failed, and gives no reason.")],
        _ => [new BatchError("no_item_completed", $"{Snapshot.Counts.Failed} of {Snapshot.Counts.Total} items failed, none completed.")],
    };
}
