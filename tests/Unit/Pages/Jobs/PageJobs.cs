using JobTracker.Gateway.Doors;
using JobTracker.Jobs;
using JobTracker.Pages.Doors;
using JobTracker.Pages.Jobs;
using Microsoft.Extensions.Time.Testing;

namespace JobTracker.Tests.Unit.Pages.Jobs;

/// <summary>What the tests of the list of jobs are made of.</summary>
internal static class PageJobs
{
    /// <summary>Filters are read by the gateway's own rules, which need nothing of what it calls.</summary>
    public static IJobDoor Door { get; } = new JobDoor(null!, null!, null!);

    public static DateTimeOffset Now { get; } = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    /// <summary>So many ids, oldest first.</summary>
    public static JobId[] Ids(int count)
    {
        var clock = new FakeTimeProvider(Now);
        return [.. Enumerable.Range(0, count).Select(_ => JobId.New(clock))];
    }

    public static JobSnapshot Job(JobId id, JobStatus status = JobStatus.Running, long version = 1) => new()
    {
        Id = id,
        OrganizationId = "org",
        UserId = "user",
        JobType = "chat",
        Status = status,
        Version = version,
        CreatedAt = Now,
        UpdatedAt = Now,
        History = [],
        CreatedById = "user",
        LastUpdatedById = "user",
    };

    public static JobRow Row(JobId id, JobStatus status = JobStatus.Running, long version = 1) => JobRow.Of(Job(id, status, version));
}
