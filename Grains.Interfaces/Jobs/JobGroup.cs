namespace JobTracker.Jobs;

/// <summary>What a job that is a group is told to be when it is made; its children name it as their parent.</summary>
/// <param name="OnChildFailure">What a child that failed or expired means for those that have not ended.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.NewGroup")]
public sealed record NewGroup([property: Id(0)] OnChildFailure OnChildFailure = OnChildFailure.Continue);

/// <summary>A job that is a group: it ends by itself when it is sealed and none of its children is open.</summary>
/// <param name="IsSealed">It takes no more children; nothing opens it again.</param>
/// <param name="OnChildFailure">What a child that failed or expired means for those that have not ended.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.JobGroup")]
public sealed record JobGroup(
    [property: Id(0)] bool IsSealed = false, [property: Id(1)] OnChildFailure OnChildFailure = OnChildFailure.Continue);

/// <summary>What a group does when a child of it has failed or expired.</summary>
[GenerateSerializer, Alias("jobtracker.OnChildFailure")]
public enum OnChildFailure
{
    /// <summary>The other children go on.</summary>
    Continue = 0,

    /// <summary>The open ones are cancelled, and so are those that are made later.</summary>
    Cancel = 1,
}

/// <summary>Facts about <see cref="OnChildFailure"/>.</summary>
public static class OnChildFailureFacts
{
    extension(OnChildFailure rule)
    {
        /// <summary>The word for it in JSON and SQL.</summary>
        public string Word => rule switch
        {
            OnChildFailure.Continue => "continue",
            OnChildFailure.Cancel => "cancel",
        };

        /// <summary>The rule that <paramref name="word"/> names, or null.</summary>
        public static OnChildFailure? FromWord(string? word) => word switch
        {
            "continue" => OnChildFailure.Continue,
            "cancel" => OnChildFailure.Cancel,
            _ => null,
        };
    }
}

/// <summary>How many children a group has, exactly, as of one moment. One that was removed counts as it ended, or as cancelled.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.ChildCounts")]
public sealed record ChildCounts
{
    /// <summary>Of a group without children.</summary>
    public static readonly ChildCounts None = new();

    [Id(0)] public long Created { get; init; }
    [Id(1)] public long Pending { get; init; }
    [Id(2)] public long Running { get; init; }
    [Id(3)] public long Completed { get; init; }
    [Id(4)] public long Failed { get; init; }
    [Id(5)] public long Cancelled { get; init; }
    [Id(6)] public long Expired { get; init; }

    /// <summary>Those that have not ended.</summary>
    public long Open => Created + Pending + Running;

    /// <summary>All that were ever made.</summary>
    public long Total => Open + Completed + Failed + Cancelled + Expired;

    /// <summary>The same, with so many in <paramref name="status"/>.</summary>
    public ChildCounts With(JobStatus status, long count) => status switch
    {
        JobStatus.Created => this with { Created = count },
        JobStatus.Pending => this with { Pending = count },
        JobStatus.Running => this with { Running = count },
        JobStatus.Completed => this with { Completed = count },
        JobStatus.Failed => this with { Failed = count },
        JobStatus.Cancelled => this with { Cancelled = count },
        JobStatus.Expired => this with { Expired = count },
    };
}
