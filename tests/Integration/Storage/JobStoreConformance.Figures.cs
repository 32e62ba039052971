using JobTracker.Grains.Storage;
using JobTracker.Jobs;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>Other tests' jobs are in the same database, so only what comes and goes here is looked at.</summary>
public abstract partial class JobStoreConformance
{
    [Fact]
    public async Task The_figures_of_all_jobs_tell_how_many_are_open_and_when_the_oldest_was_created()
    {
        var before = await FiguresAsync();
        var old = JobRows.New(_organization, JobRows.IdAt(DateTimeOffset.UnixEpoch.AddDays(1), 1));
        await Database.InsertAsync(old.With(row => row with { CreatedAt = DateTimeOffset.UnixEpoch.AddDays(1) }));
        await Database.InsertAsync(JobRows.New(_organization));
        var ended = await Database.InsertAsync(JobRows.New(_organization));
        await Database.WriteAsync(ended.Replace(ended.Enter(JobStatus.Cancelled)));

        var after = await FiguresAsync();

        Assert.InRange(Created(after).Count, Created(before).Count + 2, long.MaxValue);
        Assert.Equal(DateTimeOffset.UnixEpoch.AddDays(1), Created(after).Oldest);
        Assert.All(after.Open, open => Assert.False(open.Status.IsTerminal));
    }

    [Fact]
    public async Task Owed_callbacks_are_counted_among_the_jobs_that_are_due_first_and_only_while_they_are_owed()
    {
        await EndAsync(nextAttemptAt: JobRows.Start);
        await EndAsync(nextAttemptAt: null);

        var figures = await FiguresAsync();

        Assert.Equal(DateTimeOffset.UnixEpoch.AddHours(1), figures.OldestOwed);
        Assert.InRange(figures.OwedCallbacks, 1, int.MaxValue);
        Assert.InRange((await Database.Store.ReadFiguresAsync(dueLimit: 1, CancellationToken.None)).OwedCallbacks, 0, 1);
    }

    /// <summary>A job that ended long ago, and is due before all others.</summary>
    private async Task EndAsync(DateTimeOffset? nextAttemptAt)
    {
        var made = await Database.InsertAsync(JobRows.New(_organization));
        var callback = new JobCallback
        {
            Url = "https://a.example/?\"next_attempt_at\":\"",
            Events = [JobStatus.Completed],
            NextAttemptAt = nextAttemptAt,
        };
        var ended = made.Enter(JobStatus.Completed)
            .With(row => row with { CompletedAt = DateTimeOffset.UnixEpoch.AddHours(1), Callback = callback });
        await Database.WriteAsync(made.Replace(ended with { DueAt = DateTimeOffset.MinValue.AddDays(2) }));
    }

    private Task<JobFigures> FiguresAsync() => Database.Store.ReadFiguresAsync(dueLimit: 100_000, CancellationToken.None);

    private static OpenJobs Created(JobFigures figures) => figures.Open.FirstOrDefault(open => open.Status == JobStatus.Created);
}
