using JobTracker.Jobs;

namespace JobTracker.Operations;

/// <summary>What became of a command about an operation.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.OperationOutcome")]
public abstract record OperationOutcome
{
    private OperationOutcome()
    {
    }

    /// <summary>It is stored; <paramref name="Operation"/> is the operation after it.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.OperationOutcome.Accepted")]
    public sealed record Accepted([property: Id(0)] OperationSnapshot Operation) : OperationOutcome;

    /// <summary>There was nothing left to do: an earlier command under the same key started it, or it has been stopped already.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.OperationOutcome.AlreadyDone")]
    public sealed record AlreadyDone([property: Id(0)] OperationSnapshot Operation) : OperationOutcome;

    /// <summary>There is no such operation, or it is another organization's.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.OperationOutcome.NotFound")]
    public sealed record NotFound : OperationOutcome;

    /// <summary>Nothing was begun: the filter names nothing, and it was not said that all jobs are meant.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.OperationOutcome.FilterRequired")]
    public sealed record FilterRequired : OperationOutcome;

    /// <summary>Nothing was begun: a value is out of its range; <paramref name="Field"/> in the words of the HTTP API.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.OperationOutcome.Invalid")]
    public sealed record Invalid([property: Id(0)] string Field, [property: Id(1)] string Problem) : OperationOutcome;

    /// <summary>Nothing was begun: the key was used for something else.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.OperationOutcome.KeyReused")]
    public sealed record KeyReused : OperationOutcome;

    /// <summary>Nothing was begun: more jobs match than were to be.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.OperationOutcome.TooManyMatches")]
    public sealed record TooManyMatches([property: Id(0)] int MaxItems) : OperationOutcome;

    /// <summary>Nothing was begun: as many of the organization's operations wait as may.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.OperationOutcome.TooMany")]
    public sealed record TooMany : OperationOutcome;

    /// <summary>It cannot be stopped any more: it has ended.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.OperationOutcome.HasEnded")]
    public sealed record HasEnded([property: Id(0)] OperationStatus Status) : OperationOutcome;
}

/// <summary>What an operation would come to.</summary>
/// <param name="Matched">How many jobs match now.</param>
/// <param name="IsLowerBound">Counting stopped there: at 10,000 jobs, or after 2 seconds.</param>
/// <param name="Sample">The first of them, 20 at most.</param>
/// <param name="Refusal">Why it would not be begun; null: it would.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.OperationPreview")]
public sealed record OperationPreview(
    [property: Id(0)] long Matched,
    [property: Id(1)] bool IsLowerBound,
    [property: Id(2)] System.Collections.Immutable.ImmutableArray<JobSnapshot> Sample,
    [property: Id(3)] OperationOutcome? Refusal = null);
