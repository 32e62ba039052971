using System.Collections.Immutable;
using JobTracker.Grains.Callbacks.Delivery;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Jobs;
using static JobTracker.Jobs.JobStatus;

namespace JobTracker.Tests.Unit.Jobs;

/// <summary>What a job owes its receiver, from the write that ends it to the last attempt.</summary>
public sealed class JobCallbackTests
{
    private const double Middle = 0.5;
    private static readonly CallbackSchedule Schedule = new([TimeSpan.Zero, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5)], jitter: 0.2);

    [Fact]
    public void A_job_owes_its_callback_from_the_write_that_ends_it_in_a_status_that_its_events_name()
    {
        foreach (var status in new[] { Completed, Failed, Cancelled })
        {
            foreach (var named in new[] { Completed, Failed, Cancelled, Expired })
            {
                var ended = Ended(status, [named]);
                Assert.Equal(status == named ? ended.Snapshot.UpdatedAt : null, ended.Snapshot.Callback!.NextAttemptAt);
                Assert.Equal(status == named, ended.OwesCallback(ended.Snapshot.UpdatedAt));
            }
        }
    }

    [Fact]
    public void A_job_that_the_service_ends_owes_its_callback_too()
    {
        var running = Running([Expired]);
        var expired = JobSamples.Stored(running.Decide(new JobNext(JobNeed.Expire, JobSamples.Start), JobSamples.ActAt(1, Act.System)));
        Assert.Equal(JobSamples.Start.AddSeconds(1), expired.OwingCallback(running, Schedule, Middle).Snapshot.Callback!.NextAttemptAt);
    }

    [Fact]
    public void A_job_without_a_callback_owes_none_and_a_job_that_goes_on_owes_none_yet()
    {
        var plain = JobSamples.In(Completed);
        Assert.Same(plain, plain.OwingCallback(JobSamples.In(JobStatus.Running), Schedule, Middle));
        Assert.False(plain.OwesCallback(DateTimeOffset.MaxValue));
        var running = Running([Completed]);
        Assert.Same(running, running.OwingCallback(null, Schedule, Middle));
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(0.5, 10)]
    public void The_first_attempt_waits_as_the_schedule_says(double sample, int seconds)
    {
        var late = new CallbackSchedule([TimeSpan.FromSeconds(10)], jitter: 0.2);
        var running = Running([Completed]);
        var ended = Complete(running).OwingCallback(running, late, sample);
        Assert.Equal(ended.Snapshot.UpdatedAt.AddSeconds(seconds), ended.Snapshot.Callback!.NextAttemptAt);
        Assert.False(ended.OwesCallback(ended.Snapshot.UpdatedAt.AddSeconds(seconds).AddTicks(-1)));
    }

    [Fact]
    public void A_change_after_the_end_owes_nothing_anew()
    {
        var delivered = Tell(Ended(Completed), Answer(204), atSecond: 2);
        var changed = JobSamples.Stored(
            delivered.Decide(new UpdateJob { MetadataPatch = """{"a":1}""" }, JobSamples.ActAt(3), JobSamples.Limits));
        Assert.Null(changed.OwingCallback(delivered, Schedule, Middle).Snapshot.Callback!.NextAttemptAt);
    }

    [Theory]
    [InlineData(204, null, null, null)]
    [InlineData(500, "answered 500", null, 5)]
    [InlineData(301, "redirect 301 is not followed", null, 5)]
    [InlineData(429, "answered 429", 7, 7)]
    [InlineData(429, "answered 429", 60, 10)]
    [InlineData(429, "answered 429", 1, 5)]
    [InlineData(503, "answered 503", 7, 7)]
    [InlineData(500, "answered 500", 7, 5)]
    [InlineData(null, "timed out after 5 s", null, 5)]
    [InlineData(410, "answered 410: the receiver wants no more callbacks", null, null)]
    public void An_attempt_leaves_its_result_and_the_time_of_the_next(int? status, string? error, int? retryAfter, int? nextAfter)
    {
        var attempt = Answer(status, error, retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        var job = Tell(Ended(Completed), attempt, atSecond: 3);
        var now = JobSamples.Start.AddSeconds(3);

        Assert.Equal(
            new JobCallback
            {
                Url = Url,
                Events = job.Snapshot.Callback!.Events,
                SentAt = attempt.At,
                StatusCode = status,
                Error = error,
                Attempts = 1,
                NextAttemptAt = nextAfter is { } after ? now.AddSeconds(after) : null,
                DeliveredAt = error is null ? now : null,
            },
            job.Snapshot.Callback);
        Assert.Equal([new JobCallbackAttempt(attempt.At, status, error, attempt.Duration)], job.CallbackLog.Last);
        Assert.Equal((3L, now, Act.System), (job.Snapshot.Version, job.Snapshot.UpdatedAt, job.Snapshot.LastUpdatedById));
    }

    [Fact]
    public void When_the_schedule_has_run_out_the_callback_is_given_up_and_says_so()
    {
        var job = Ended(Completed);
        foreach (var second in new[] { 2, 10, 400 })
            job = Tell(job, Answer(500, "answered 500"), second);
        Assert.Equal((3, null, null, "answered 500; given up after 3 attempts"), Standing(job));
        Assert.Equal("answered 500", job.CallbackLog.Last[^1].Error);
    }

    [Fact]
    public void A_result_that_comes_late_counts_and_only_a_success_is_news()
    {
        var delivered = Tell(Ended(Completed), Answer(204), atSecond: 2);
        var late = Tell(delivered, Answer(500, "answered 500"), atSecond: 3);
        Assert.Equal((2, null, JobSamples.Start.AddSeconds(2), null), Standing(late));
        Assert.Equal(2, late.CallbackLog.Last.Length);

        var givenUp = Tell(Ended(Completed), Answer(410, "gone"), atSecond: 2);
        Assert.Equal((2, null, null, "gone"), Standing(Tell(givenUp, Answer(500, "answered 500"), atSecond: 3)));
        Assert.Equal((2, null, JobSamples.Start.AddSeconds(4), null), Standing(Tell(givenUp, Answer(200), atSecond: 4)));
        Assert.Equal(JobSamples.Start.AddSeconds(2), Tell(delivered, Answer(200), atSecond: 5).Snapshot.Callback!.DeliveredAt);
    }

    [Fact]
    public void The_last_ten_attempts_are_kept()
    {
        var job = Ended(Completed);
        for (var i = 1; i <= 13; i++)
        {
            job = Tell(job, Answer(500 + i, "no"), atSecond: 10 * i);
            job = JobSamples.Stored(job.Decide(new RedeliverCallback(), JobSamples.ActAt(10 * i)));
        }

        Assert.Equal(Enumerable.Range(504, 10), job.CallbackLog.Last.Select(attempt => attempt.StatusCode!.Value));
        Assert.Equal(13, job.Snapshot.Callback!.Attempts);
    }

    [Fact]
    public void A_redelivery_begins_the_schedule_anew_and_goes_on_counting()
    {
        var job = Ended(Completed);
        foreach (var second in new[] { 2, 10, 400 })
            job = Tell(job, Answer(500, "answered 500"), second);
        job = JobSamples.Stored(job.Decide(new RedeliverCallback(), JobSamples.ActAt(500)));
        Assert.Equal((3, JobSamples.Start.AddSeconds(500), null, "answered 500; given up after 3 attempts"), Standing(job));
        job = Tell(job, Answer(500, "answered 500"), atSecond: 501);
        Assert.Equal((4, JobSamples.Start.AddSeconds(506), null, "answered 500"), Standing(job));
        job = Tell(job, Answer(500, "answered 500"), atSecond: 506);
        Assert.Equal(JobSamples.Start.AddSeconds(806), job.Snapshot.Callback!.NextAttemptAt);
        job = Tell(job, Answer(200), atSecond: 806);
        Assert.Equal((6, null, JobSamples.Start.AddSeconds(806), null), Standing(job));
        job = JobSamples.Stored(job.Decide(new RedeliverCallback { ExpectedVersion = job.Snapshot.Version }, JobSamples.ActAt(900)));
        Assert.Equal((6, JobSamples.Start.AddSeconds(900), null, null), Standing(job));
    }

    [Fact]
    public void Only_an_end_that_the_callback_tells_can_be_told_again()
    {
        Assert.Equal("The job has no callback_url.", Refusal(JobSamples.In(Completed)));
        Assert.Equal("The job is running; its callback is sent when it ends.", Refusal(Running([Completed])));
        Assert.Equal("The job is failed, which its callback_events do not name.", Refusal(Ended(Failed, [Completed])));
        var ended = Ended(Completed);
        JobSamples.Refused<Refusal.VersionMismatch>(ended.Decide(new RedeliverCallback { ExpectedVersion = 7 }, JobSamples.ActAt(3)));

        static string Refusal(Job job) =>
            JobSamples.Refused<Refusal.NothingToRedeliver>(job.Decide(new RedeliverCallback(), JobSamples.ActAt(3))).Problem;
    }

    private const string Url = "https://example.com/hook";

    private static Job Running(ImmutableArray<JobStatus> events) =>
        JobSamples.Stored(JobSamples.Create(new CreateJob { Status = JobStatus.Running, CallbackUrl = Url, CallbackEvents = events }));

    private static Job Complete(Job running) =>
        JobSamples.Stored(running.Decide(new UpdateJob { Status = Completed }, JobSamples.ActAt(1), JobSamples.Limits));

    private static Job Ended(JobStatus status, ImmutableArray<JobStatus>? events = null)
    {
        var running = Running(events ?? [Completed]);
        var ended = JobSamples.Stored(running.Decide(new UpdateJob { Status = status }, JobSamples.ActAt(1), JobSamples.Limits));
        return ended.OwingCallback(running, Schedule, Middle);
    }

    private static CallbackAttempt Answer(int? status, string? error = null, TimeSpan? retryAfter = null) =>
        new(JobSamples.Start.AddSeconds(1.5), TimeSpan.FromMilliseconds(12), status, error, retryAfter);

    private static Job Tell(Job job, CallbackAttempt attempt, double atSecond) =>
        JobSamples.Stored(job.Decide(attempt, Schedule, Middle, JobSamples.ActAt(atSecond, Act.System)));

    private static (int Attempts, DateTimeOffset? Next, DateTimeOffset? Delivered, string? Error) Standing(Job job) =>
        job.Snapshot.Callback is { } callback ? (callback.Attempts, callback.NextAttemptAt, callback.DeliveredAt, callback.Error) : default;
}
