using System.Collections.Immutable;
using JobTracker.Jobs;

namespace JobTracker.Operations;

/// <summary>The command that does one thing with all jobs of a filter, or with those that it names.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.StartOperation")]
public sealed record StartOperation
{
    /// <summary>Jobs that one command may name.</summary>
    public const int MostJobIds = 1_000;

    public const int DefaultPerSecond = 200;
    public const int MostPerSecond = 100_000;
    public const int MostMaxItems = 100_000;
    public const int LongestReason = 1_000;

    [Id(0)] public required OperationAction Action { get; init; }

    /// <summary>Which jobs: its filters alone count. Null where <see cref="JobIds"/> names them.</summary>
    [Id(1)] public JobQuery? Filter { get; init; }

    /// <summary>A filter that names nothing means every job; without this it is refused.</summary>
    [Id(2)] public bool All { get; init; }

    /// <summary>Up to 1,000 jobs.</summary>
    [Id(3)] public ImmutableArray<JobId> JobIds { get; init; } = [];

    /// <summary>Why: up to 1,000 characters. It stands in the audit event.</summary>
    [Id(4)] public string? Reason { get; init; }

    /// <summary>Nothing is begun where more jobs match, 1 to 100,000; null: however many.</summary>
    [Id(5)] public int? MaxItems { get; init; }

    /// <summary>Jobs a second at most, 1 to 100,000.</summary>
    [Id(6)] public int MaxPerSecond { get; init; } = DefaultPerSecond;

    /// <summary>1 to 255 characters: a second start under it begins no second operation.</summary>
    [Id(7)] public string? IdempotencyKey { get; init; }

    /// <summary>
    /// A batch's job ends with its batch alone. A cancel is therefore one of the batch; with this such jobs are skipped
    /// (<c>job_follows_batch</c>), as they are by every other action.
    /// </summary>
    [Id(8)] public bool LeavesBatches { get; init; }
}
