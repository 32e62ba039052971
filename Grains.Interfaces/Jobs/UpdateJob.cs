namespace JobTracker.Jobs;

/// <summary>The command that changes a job: all of it or nothing. Fields that are not set are left alone.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.UpdateJob")]
public sealed record UpdateJob
{
    /// <summary>The status to enter. The current one is no transition and not refused, so that a repeated report is harmless.</summary>
    [Id(0)] public JobStatus? Status { get; init; }

    /// <summary><c>[a-z][a-z0-9_]{0,63}</c>.</summary>
    [Id(1)] public Change<string> StopReason { get; init; }

    [Id(2)] public Change<JobError> Error { get; init; }

    /// <summary>A JSON object, merged as RFC 7396 says: null removes a key.</summary>
    [Id(3)] public string? MetadataPatch { get; init; }

    [Id(4)] public Change<JobProgress> Progress { get; init; }
    [Id(5)] public Change<long?> TtftNs { get; init; }
    [Id(6)] public Change<long?> TotalDurationNs { get; init; }
    [Id(7)] public Change<DateTimeOffset?> ExpiresAt { get; init; }

    /// <summary>Refuses the change unless the job is at this version.</summary>
    [Id(8)] public long? ExpectedVersion { get; init; }
}
