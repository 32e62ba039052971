using JobTracker.Grains.Jobs.Callbacks;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Jobs;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Unit.Storage;

public sealed class StoredCallbackTests
{
    private static readonly DateTimeOffset Moment = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void What_is_stored_is_read_again_whole()
    {
        var job = JobRows.New("org") with
        {
            CallbackLog = new CallbackLog
            {
                Last = [new JobCallbackAttempt(Moment, 500, "answered 500", TimeSpan.FromMilliseconds(1.5))],
                BeforeRound = 3
            },
        };
        job = job.With(row => row with
        {
            Callback = new JobCallback
            {
                Url = "https://example.com/",
                Events = [JobStatus.Completed, JobStatus.Expired],
                SentAt = Moment,
                StatusCode = 500,
                Error = "answered 500",
                Attempts = 4,
                NextAttemptAt = Moment.AddSeconds(5),
                DeliveredAt = Moment.AddSeconds(9),
            },
        });

        var read = JobJson.Callback(JobJson.Of(StoredCallback.Of(job)))!;
        Assert.Equal(job.Text(), (job.With(row => row with { Callback = read.Public() }) with { CallbackLog = read.Log() }).Text());
    }

    [Fact]
    public void A_row_from_before_there_was_a_log_reads_as_one_without_attempts()
    {
        var read = JobJson.Callback("""{"url":"https://example.com/","events":["completed","failed"],"attempts":0}""")!;
        Assert.Same(CallbackLog.Empty, read.Log());
        Assert.Equal(("https://example.com/", 0, null, null),
            (read.Public().Url, read.Public().Attempts, read.Public().NextAttemptAt, read.Public().SentAt));
        Assert.Equal([JobStatus.Completed, JobStatus.Failed], read.Public().Events);
    }

    [Fact]
    public void Without_a_callback_there_is_no_column() => Assert.Null(JobJson.Of(StoredCallback.Of(JobRows.New("org"))));
}
