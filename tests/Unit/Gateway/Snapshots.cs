using JobTracker.Jobs;

namespace JobTracker.Tests.Unit.Gateway;

internal static class Snapshots
{
    public static readonly JobId Id = JobId.Parse("job-01890a5d-ac96-774b-bcce-b302099a8057");
    private static readonly DateTimeOffset Made = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public static JobSnapshot Created(JobId id) => new()
    {
        Id = id,
        OrganizationId = "org-1",
        UserId = "user-1",
        JobType = "job",
        Status = JobStatus.Created,
        Version = 1,
        CreatedAt = Made,
        UpdatedAt = Made,
        History = [new JobTransition(JobStatus.Created, Made, "user-1", null)],
        CreatedById = "user-1",
        LastUpdatedById = "user-1",
    };

    public static JobSnapshot WithEverything { get; } = Created(Id) with
    {
        JobType = "run",
        Status = JobStatus.Failed,
        Version = 3,
        UpdatedAt = Made.AddMicroseconds(1),
        StartedAt = Made.AddMilliseconds(20),
        CompletedAt = Made.AddSeconds(1),
        ExpiresAt = Made.AddDays(1),
        Timeout = TimeSpan.FromMinutes(2),
        HeartbeatTimeout = TimeSpan.FromSeconds(30),
        HeartbeatAt = Made,
        StopReason = "error",
        Error = new JobError("boom", "it \"broke\" <here>"),
        Background = true,
        Metadata = """{"a": 1.50}""",
        RequestConfig = """{"b":"é"}""",
        Progress = new JobProgress(1, 2, "half"),
        ParentId = Id,
        Tags = ["b", "team:a"],
        Group = new JobGroup(IsSealed: true, OnChildFailure.Cancel),
        Children = new ChildCounts
        {
            Created = 1,
            Pending = 2,
            Running = 3,
            Completed = 4,
            Failed = 5,
            Cancelled = 6,
            Expired = 7,
        },
        Callback = new JobCallback
        {
            Url = "https://a.example/",
            Events = [JobStatus.Failed],
            SentAt = Made,
            StatusCode = 500,
            Error = "status 500",
            Attempts = 1,
            NextAttemptAt = Made.AddSeconds(5),
        },
        TtftNs = 5,
        TotalDurationNs = 1_000_000_000,
        History = [new JobTransition(JobStatus.Failed, Made, "user-2", "error")],
        LastUpdatedById = "user-2",
        Next = new JobNext(JobNeed.CallbackAttempt, Made.AddSeconds(5), Attempt: 2),
        RetryOf = Id,
        Attempt = 2,
        RetriedBy = Id,
    };
}
