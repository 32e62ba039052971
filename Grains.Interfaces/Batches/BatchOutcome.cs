namespace JobTracker.Batches;

/// <summary>What became of a command. A refusal is a value; an exception means broken storage, overload or a bug.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.BatchOutcome")]
public abstract record BatchOutcome
{
    private BatchOutcome()
    {
    }

    /// <summary>The change is stored; <paramref name="Batch"/> is the batch after it.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.BatchOutcome.Accepted")]
    public sealed record Accepted([property: Id(0)] BatchSnapshot Batch) : BatchOutcome;

    /// <summary>There was nothing left to do: the batch stands as it was asked for, by an earlier command.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.BatchOutcome.AlreadyDone")]
    public sealed record AlreadyDone([property: Id(0)] BatchSnapshot Batch) : BatchOutcome;

    /// <summary>Nothing was changed, for this reason.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.BatchOutcome.Refused")]
    public sealed record Refused([property: Id(0)] BatchRefusal Reason) : BatchOutcome;

    /// <summary>There is no such batch, or it is another organization's.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.BatchOutcome.NotFound")]
    public sealed record NotFound : BatchOutcome;
}

/// <summary>Why a command changed nothing.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.BatchRefusal")]
public abstract record BatchRefusal
{
    private BatchRefusal()
    {
    }

    /// <summary>A value out of its range; <paramref name="Field"/> in the words of the HTTP API.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.BatchRefusal.InvalidField")]
    public sealed record InvalidField([property: Id(0)] string Field, [property: Id(1)] string Problem) : BatchRefusal;

    /// <summary>A value of one item out of its range.</summary>
    /// <param name="Position">Counted from 0 over the whole batch.</param>
    [GenerateSerializer, Immutable, Alias("jobtracker.BatchRefusal.InvalidItem")]
    public sealed record InvalidItem(
        [property: Id(0)] long Position, [property: Id(1)] string Field, [property: Id(2)] string Problem) : BatchRefusal;

    /// <summary>The batch has an item of this name already.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.BatchRefusal.DuplicateCustomId")]
    public sealed record DuplicateCustomId([property: Id(0)] string CustomId) : BatchRefusal;

    /// <summary>The provider takes no more in one batch.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.BatchRefusal.TooManyItems")]
    public sealed record TooManyItems([property: Id(0)] long Limit) : BatchRefusal;

    /// <summary>The provider takes no more bytes in one batch.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.BatchRefusal.TooLarge")]
    public sealed record TooLarge([property: Id(0)] long LimitBytes) : BatchRefusal;

    /// <summary>The chunk does not follow what was added before, or not all items arrived before the submission.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.BatchRefusal.OutOfOrder")]
    public sealed record OutOfOrder([property: Id(0)] long Received) : BatchRefusal;

    /// <summary>The batch is no draft any more: it takes no items.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.BatchRefusal.AlreadySubmitted")]
    public sealed record AlreadySubmitted : BatchRefusal;

    /// <summary>The key was used for something else.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.BatchRefusal.IdempotencyKeyReused")]
    public sealed record IdempotencyKeyReused([property: Id(0)] string Key) : BatchRefusal;

    /// <summary>The account has no such batch, or none that this organization may follow.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.BatchRefusal.NotAtProvider")]
    public sealed record NotAtProvider([property: Id(0)] string ProviderBatchId) : BatchRefusal;

    /// <summary>The batch has ended: there is nothing to cancel.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.BatchRefusal.HasEnded")]
    public sealed record HasEnded([property: Id(0)] BatchStatus Status) : BatchRefusal;

    /// <summary>The batch has not ended, its completion handlers included: nothing can be sent again.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.BatchRefusal.NotEnded")]
    public sealed record NotEnded([property: Id(0)] BatchStatus Status) : BatchRefusal;

    /// <summary>No item failed or expired whose request is known here (an adopted batch has none).</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.BatchRefusal.NothingToResubmit")]
    public sealed record NothingToResubmit : BatchRefusal;
}
