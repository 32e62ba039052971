using JobTracker.Operations;

namespace JobTracker.Client.Operations;

/// <summary>One action on many jobs of the organization, over the Orleans cluster that keeps them. Safe for concurrent use.</summary>
/// <remarks>
/// All calls are sent again where no answer comes: a start names its operation beforehand, and the others are harmless twice.
/// </remarks>
public interface IOperationTracker
{
    /// <summary>A handle for an operation that exists already; asks nothing of the service.</summary>
    OperationHandle Operation(OperationId id);

    /// <summary>
    /// Begins an operation; with <see cref="StartOperation.IdempotencyKey"/> a second call with the same key and the same request gives the
    /// handle of the first one's.
    /// </summary>
    /// <exception cref="OperationRefusedException">Nothing was begun.</exception>
    Task<OperationHandle> StartAsync(StartOperation command, CancellationToken cancellation = default);

    /// <summary>What a start would come to; nothing is changed.</summary>
    /// <exception cref="OperationRefusedException">It would not be begun.</exception>
    Task<OperationPreview> PreviewAsync(StartOperation command, CancellationToken cancellation = default);

    /// <summary>All operations of the organization that are kept, the newest first.</summary>
    IAsyncEnumerable<OperationSnapshot> ListAsync(CancellationToken cancellation = default);
}
