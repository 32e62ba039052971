using JobTracker.Batches;

namespace JobTracker.Client;

/// <summary>
/// What the client has to say about one batch. Failures of the service itself arrive as they are, see <see cref="IBatchTracker"/>.
/// </summary>
public abstract class BatchTrackerException : Exception
{
    private protected BatchTrackerException(BatchId batchId, string message, Exception? innerException = null)
        : base(message, innerException) => BatchId = batchId;

    public BatchId BatchId { get; }
}

/// <summary>There is no such batch, or it is another organization's.</summary>
public sealed class BatchNotFoundException : BatchTrackerException
{
    internal BatchNotFoundException(BatchId batchId)
        : base(batchId, $"There is no batch {batchId}.")
    {
    }
}

/// <summary>
/// The answer to a command was lost, and it may not simply be sent again. Whoever reads the batch sees whether it was carried out.
/// </summary>
public sealed class BatchOutcomeUnknownException : BatchTrackerException
{
    internal BatchOutcomeUnknownException(BatchId batchId, string command, Exception? innerException)
        : base(batchId, $"{batchId}: the answer to {command} was lost; it may or may not have been carried out.", innerException)
    {
    }
}

/// <summary>
/// The service said no, and nothing was changed or made. Sending the same again is of no use, unless the batch has not ended yet.
/// </summary>
public sealed class BatchRefusedException : BatchTrackerException
{
    internal BatchRefusedException(BatchId batchId, BatchRefusal reason)
        : base(batchId, $"{batchId}: {Say(reason)}") => Reason = reason;

    public BatchRefusal Reason { get; }

    private static string Say(BatchRefusal reason) => reason switch
    {
        BatchRefusal.InvalidField invalid => $"{invalid.Field} {invalid.Problem}.",
        BatchRefusal.InvalidItem invalid => $"item {invalid.Position}: {invalid.Field} {invalid.Problem}.",
        BatchRefusal.DuplicateCustomId duplicate => $"two items have the custom_id '{duplicate.CustomId}'.",
        BatchRefusal.TooManyItems many => $"the provider takes at most {many.Limit} items in one batch.",
        BatchRefusal.TooLarge large => $"the provider takes at most {large.LimitBytes} bytes in one batch.",
        BatchRefusal.IdempotencyKeyReused reused => $"the idempotency key '{reused.Key}' was used for another batch.",
        BatchRefusal.NotAtProvider absent =>
            $"the account has no batch '{absent.ProviderBatchId}', or none that this organization may follow.",
        BatchRefusal.HasEnded ended => $"the batch is {ended.Status.Word}.",
        BatchRefusal.NotEnded running => $"the batch is {running.Status.Word}, or what follows its end is not done yet.",
        BatchRefusal.NothingToResubmit => "no item failed or expired whose request is known here.",
        _ => reason.ToString(),
    };
}
