using JobTracker.Grains.Batches.Rules;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Jobs;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Sweeper;

/// <summary>Rows as an outage leaves them: what they were to do is long past.</summary>
internal static class DueRows
{
    private static readonly TimeSpan Ago = TimeSpan.FromHours(1);

    public static DateTimeOffset Past { get; } = (TimeProvider.System.GetUtcNow() - Ago).ToMicroseconds();

    /// <summary>Has been running for an hour.</summary>
    public static Job Running(string organization) => JobRows.New(organization, JobRows.IdAt(Past, number: 0)).With(row => row with
    {
        Status = JobStatus.Running,
        CreatedAt = Past,
        UpdatedAt = Past,
        StartedAt = Past,
        History = [new JobTransition(JobStatus.Running, Past, "user", StopReason: null)],
    });

    /// <summary>Expired an hour ago, and nobody noticed.</summary>
    public static Job Overdue(string organization) =>
        Running(organization).With(row => row with { ExpiresAt = Past }) with { DueAt = Past };

    /// <summary>Ended an hour ago.</summary>
    public static async Task<Job> InsertEndedAsync(
        this JobDatabase database, string organization, JobStatus status, Func<JobSnapshot, JobSnapshot>? change = null,
        DateTimeOffset? dueAt = null)
    {
        var running = await database.InsertAsync(Running(organization).With(change ?? (row => row)));
        var ended = running.Enter(status).With(row => row with { CompletedAt = Past }) with { DueAt = dueAt };
        Assert.IsType<JobWriteResult.Stored>(await database.WriteAsync(running.Replace(ended)));
        return ended;
    }

    /// <summary>Many, a batch at a time.</summary>
    public static async Task InsertAsync(this JobDatabase database, IEnumerable<Job> jobs)
    {
        foreach (var some in jobs.Chunk(500))
            Assert.All(await database.WriteAllAsync(
                [.. some.Select(job => job.Insert())]), result => Assert.IsType<JobWriteResult.Stored>(result));
    }
}
