namespace JobTracker.Jobs;

/// <summary>What became of a command. A refusal is a value; an exception means broken storage, overload or a bug.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.JobOutcome")]
public abstract record JobOutcome
{
    private JobOutcome()
    {
    }

    /// <summary>The change is stored; <paramref name="Job"/> is the job after it (before it, where it was removed).</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.JobOutcome.Accepted")]
    public sealed record Accepted([property: Id(0)] JobSnapshot Job) : JobOutcome;

    /// <summary>There was nothing left to do: the job stands as it was asked for, by an earlier command.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.JobOutcome.AlreadyDone")]
    public sealed record AlreadyDone([property: Id(0)] JobSnapshot Job) : JobOutcome;

    /// <summary>Nothing was changed, for this reason.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.JobOutcome.Refused")]
    public sealed record Refused([property: Id(0)] Refusal Reason) : JobOutcome;

    /// <summary>There is no such job, or it is another organization's.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.JobOutcome.NotFound")]
    public sealed record NotFound : JobOutcome;
}
