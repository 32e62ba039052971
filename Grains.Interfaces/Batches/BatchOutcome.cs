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
