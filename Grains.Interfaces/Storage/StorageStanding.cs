namespace JobTracker.Storage;

/// <summary>Whether a silo's storage reads and writes, as it was found a second ago at most.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.StorageStanding")]
public sealed record StorageStanding
{
    /// <summary>Why it does not, in words for anybody: without addresses, names or the driver's text. Null: it does.</summary>
    [Id(0)]
    public string? Cause { get; init; }

    /// <summary>For how long that has been so, as far as the silo has seen.</summary>
    [Id(1)]
    public required TimeSpan For { get; init; }

    /// <summary>How long the last look that succeeded took: a read, and a commit of a row. Null: none did yet.</summary>
    [Id(2)]
    public TimeSpan? Took { get; init; }

    public bool Works => Cause is null;
}
