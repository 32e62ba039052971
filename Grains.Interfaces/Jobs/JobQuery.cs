using System.Collections.Immutable;

namespace JobTracker.Jobs;

/// <summary>What to list. Filters are joined by "and"; null means any. Creation order is id order.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.JobQuery")]
public sealed record JobQuery
{
    /// <summary>Null: the caller's own.</summary>
    [Id(0)] public string? OrganizationId { get; init; }

    /// <summary>Any of these; empty means every status.</summary>
    [Id(1)] public ImmutableArray<JobStatus> Statuses { get; init; } = [];

    [Id(2)] public string? JobType { get; init; }
    [Id(3)] public string? UserId { get; init; }
    [Id(4)] public string? StopReason { get; init; }
    [Id(5)] public bool? Background { get; init; }
    [Id(6)] public JobId? ParentId { get; init; }

    /// <summary>The string at <c>metadata.source_id</c>.</summary>
    [Id(7)] public string? SourceId { get; init; }

    /// <summary>Created at this moment (to the millisecond) or later.</summary>
    [Id(8)] public DateTimeOffset? CreatedAfter { get; init; }

    /// <summary>Created before this moment (to the millisecond).</summary>
    [Id(9)] public DateTimeOffset? CreatedBefore { get; init; }

    /// <summary>The jobs that come after this one in the requested order; it need not exist.</summary>
    [Id(10)] public JobId? After { get; init; }

    /// <summary>
    /// Alone: the <see cref="Limit"/> jobs just before this one. With <see cref="After"/>: the first ones between the two.
    /// </summary>
    [Id(11)] public JobId? Before { get; init; }

    /// <summary>1 to 1,000.</summary>
    [Id(12)] public int Limit { get; init; } = 100;

    /// <summary>Oldest first; else newest first.</summary>
    [Id(13)] public bool Ascending { get; init; }

    /// <summary>
    /// All of these, at most 10. The first leads the walk and the others are looked up, so the rarest is best named first.
    /// </summary>
    [Id(14)] public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Any of these, at most 10; empty means any job.</summary>
    [Id(15)] public ImmutableArray<string> AnyTags { get; init; } = [];

    /// <summary>How the telling of the end stands.</summary>
    [Id(16)] public JobCallbackState? Callback { get; init; }

    /// <summary>The host of the callback's URL, without its port, in lower case and ASCII (IDNA).</summary>
    [Id(17)] public string? CallbackHost { get; init; }

    /// <summary>Ended at this moment or later.</summary>
    [Id(18)] public DateTimeOffset? CompletedAfter { get; init; }

    /// <summary>Ended before this moment.</summary>
    [Id(19)] public DateTimeOffset? CompletedBefore { get; init; }
}

/// <summary>How the telling of a job's end stands.</summary>
[GenerateSerializer, Alias("jobtracker.JobCallbackState")]
public enum JobCallbackState
{
    /// <summary>An attempt is to come.</summary>
    Owed = 0,

    /// <summary>It was given up.</summary>
    Failed = 1,

    /// <summary>The receiver took it.</summary>
    Delivered = 2,
}

/// <summary>Facts about <see cref="JobCallbackState"/>.</summary>
public static class JobCallbackStateFacts
{
    extension(JobCallbackState state)
    {
        /// <summary>The word for it in JSON and in the names of the queries.</summary>
        public string Word => state switch
        {
            JobCallbackState.Owed => "owed",
            JobCallbackState.Failed => "failed",
            JobCallbackState.Delivered => "delivered",
        };

        /// <summary>The state that <paramref name="word"/> names, or null.</summary>
        public static JobCallbackState? FromWord(string? word) => word switch
        {
            "owed" => JobCallbackState.Owed,
            "failed" => JobCallbackState.Failed,
            "delivered" => JobCallbackState.Delivered,
            _ => null,
        };
    }
}

/// <summary>
/// One page of a list; shorter than its limit where its jobs are large (<c>Limits:PageBytes</c>), or where few of those that it looked at
/// are asked for (<c>Limits:ListScan</c>).
/// </summary>
/// <param name="Jobs">In the requested order; empty at the end of a walk, unless <paramref name="Reached"/> says that it goes on.</param>
/// <param name="HasNext">There was more in the requested order when the page was read.</param>
/// <param name="HasPrevious">There was something before the page.</param>
/// <param name="Bytes">How many it has as JSON, at most; 0: not said, as by a silo of an older version.</param>
/// <param name="Reached">
/// The job that was looked at last, where the page ends for <c>Limits:ListScan</c>: the next page begins behind it. Null: it does not.
/// </param>
[GenerateSerializer, Immutable, Alias("jobtracker.JobPage")]
public sealed record JobPage(
    [property: Id(0)] ImmutableArray<JobSnapshot> Jobs,
    [property: Id(1)] bool HasNext,
    [property: Id(2)] bool HasPrevious,
    [property: Id(3)] long Bytes = 0,
    [property: Id(4)] JobId? Reached = null)
{
    /// <summary>What is left of the walk behind this page of it, in the requested order; null: it was the last one.</summary>
    public JobQuery? RestOf(JobQuery query) => (HasNext, Reached, Jobs) switch
    {
        (true, { } reached, _) => query with { After = reached },
        (true, null, [.., var last]) => query with { After = last.Id },
        _ => null,
    };
}

/// <summary>How many jobs an organization has, exactly, as of one moment.</summary>
/// <param name="ByStatusAndType">One entry for each pair that occurs.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.JobCounts")]
public sealed record JobCounts([property: Id(0)] ImmutableArray<JobCount> ByStatusAndType);

/// <summary>One entry of <see cref="JobCounts"/>.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.JobCount")]
public sealed record JobCount([property: Id(0)] JobStatus Status, [property: Id(1)] string JobType, [property: Id(2)] long Count);

/// <summary>How many jobs ended in a minute in one way.</summary>
/// <param name="Minute">When it began, UTC.</param>
/// <param name="Status">How they ended.</param>
/// <param name="Count">At least 1.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.JobEnds")]
public sealed record JobEnds(
    [property: Id(0)] DateTimeOffset Minute, [property: Id(1)] JobStatus Status, [property: Id(2)] long Count);
