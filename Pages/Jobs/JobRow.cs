using System.Collections.Immutable;
using JobTracker.Jobs;

namespace JobTracker.Pages.Jobs;

/// <summary>What a list shows of a job, and no more: many pages keep fifty of them.</summary>
public sealed record JobRow
{
    public required JobId Id { get; init; }
    public required long Version { get; init; }
    public required JobStatus Status { get; init; }
    public required string JobType { get; init; }
    public required string UserId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public JobProgress? Progress { get; init; }

    /// <summary>Of a group.</summary>
    public ChildCounts? Children { get; init; }

    public JobNext? Next { get; init; }
    public ImmutableArray<string> Tags { get; init; } = [];

    public static JobRow Of(JobSnapshot job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return new JobRow
        {
            Id = job.Id,
            Version = job.Version,
            Status = job.Status,
            JobType = job.JobType,
            UserId = job.UserId,
            CreatedAt = job.CreatedAt,
            Progress = job.Progress,
            Children = job.Children,
            Next = job.Next,
            Tags = job.Tags,
        };
    }

    /// <summary>What a job was made with stays, so that what moves is compared alone; some of it moves without a version.</summary>
    public bool Equals(JobRow? other) =>
        other is not null && Id == other.Id && Version == other.Version && Status == other.Status && Progress == other.Progress
        && Children == other.Children && Next == other.Next;

    public override int GetHashCode() => HashCode.Combine(Id, Version);
}
