using JobTracker.Grains.Callbacks;
using JobTracker.Grains.Jobs;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Jobs;
using Microsoft.Extensions.Options;

namespace JobTracker.Tests.Unit.Jobs;

public sealed class JobNeedsTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMicroseconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly JobCallback Callback = new() { Url = "https://a.example/", Events = [JobStatus.Completed] };

    private static readonly JobNeeds Needs = NeedsOf(new RetentionOptions
    {
        Completed = Hour,
        Failed = Hour * 2,
        Cancelled = Hour * 3,
        Expired = Hour * 4,
    });

    public static TheoryData<JobNeed, Func<JobSnapshot, JobSnapshot>> Deadlines => new()
    {
        { JobNeed.Expire, job => job with { ExpiresAt = JobSamples.Start + Hour } },
        { JobNeed.Timeout, job => job with { Timeout = Hour } },
        { JobNeed.HeartbeatDue, job => job with { HeartbeatTimeout = Hour } },
        { JobNeed.HeartbeatDue, job =>
            job with { HeartbeatTimeout = Hour - TimeSpan.FromMinutes(10), HeartbeatAt = JobSamples.Start.AddMinutes(10) } },
        { JobNeed.HeartbeatDue, job => job with { HeartbeatTimeout = Hour, HeartbeatAt = JobSamples.Start.AddMinutes(-10) } },
    };

    [Theory, MemberData(nameof(Deadlines), DisableDiscoveryEnumeration = true)]
    public void A_deadline_is_due_at_its_moment_and_not_before(JobNeed what, Func<JobSnapshot, JobSnapshot> with)
    {
        var job = With(JobStatus.Running, with);
        Assert.Null(Needs.DueOf(job.Snapshot, JobSamples.Start + Hour - Tick, TimeSpan.Zero));
        Assert.Equal(new JobNext(what, JobSamples.Start + Hour), Needs.DueOf(job.Snapshot, JobSamples.Start + Hour, TimeSpan.Zero));
        Assert.Equal((new JobNext(what, JobSamples.Start + Hour), JobSamples.Start + Hour), PlanOf(job));
    }

    /// <summary>A change is planned, stored and taken as stored: a copy in each step would be most of what it allocates.</summary>
    [Fact]
    public void A_job_that_says_already_what_it_needs_is_not_copied()
    {
        var idle = With(JobStatus.Pending, row => row);
        Assert.Same(idle, Needs.Planned(idle));

        var planned = Needs.Planned(With(JobStatus.Running, row => row with { Timeout = Hour }));
        Assert.Same(planned, Needs.Planned(planned));
        Assert.Same(planned, planned.With(Needs.Explained(planned.Snapshot)));

        var stale = planned.With(planned.Snapshot with { Timeout = Hour * 2 });
        Assert.Equal((new JobNext(JobNeed.Timeout, JobSamples.Start + (Hour * 2)), JobSamples.Start + (Hour * 2)), PlanOf(stale));
        var without = planned.With(planned.Snapshot with { Timeout = null });
        Assert.Equal((null, null), PlanOf(without));
    }

    [Theory]
    [InlineData(JobStatus.Created)]
    [InlineData(JobStatus.Pending)]
    public void A_job_that_does_not_run_has_no_deadline_but_that_of_its_expiry(JobStatus status)
    {
        var job = With(status, row => row with { StartedAt = JobSamples.Start, Timeout = Hour, HeartbeatTimeout = Hour });
        Assert.Equal((null, null), PlanOf(job));
        Assert.Equal(JobNeed.Expire, PlanOf(With(status, row => row with { ExpiresAt = JobSamples.Start + Hour })).Next!.What);
    }

    [Fact]
    public void The_earliest_deadline_goes_first_and_of_two_at_once_the_expiry()
    {
        var job = With(
            JobStatus.Running, row => row with { ExpiresAt = JobSamples.Start + Hour, Timeout = Hour / 2, HeartbeatTimeout = Hour });
        Assert.Equal(JobNeed.Timeout, PlanOf(job).Next!.What);
        Assert.Equal(JobNeed.Timeout, Needs.DueOf(job.Snapshot, JobSamples.Start + (Hour * 9), TimeSpan.Zero)!.What);
        Assert.Equal(
            JobNeed.Expire, PlanOf(
                With(
                    JobStatus.Running, row =>
                        row with { ExpiresAt = JobSamples.Start + Hour, Timeout = Hour, HeartbeatTimeout = Hour })).Next!.What);
    }

    [Fact]
    public void What_a_crash_may_have_lost_of_the_heartbeats_is_given_on_top_and_holds_up_no_other_deadline()
    {
        var job = With(JobStatus.Running, row => row with { HeartbeatTimeout = Hour, HeartbeatAt = JobSamples.Start });
        var unheard = TimeSpan.FromSeconds(1);
        Assert.Null(Needs.DueOf(job.Snapshot, JobSamples.Start + Hour + unheard - Tick, unheard));
        Assert.Equal(JobNeed.HeartbeatDue, Needs.DueOf(job.Snapshot, JobSamples.Start + Hour + unheard, unheard)!.What);
        Assert.Equal(
            JobNeed.Timeout, Needs.DueOf(job.Snapshot with { Timeout = Hour + Tick }, JobSamples.Start + Hour + Tick, unheard)!.What);
    }

    [Theory]
    [InlineData(JobStatus.Completed, 1)]
    [InlineData(JobStatus.Failed, 2)]
    [InlineData(JobStatus.Cancelled, 3)]
    [InlineData(JobStatus.Expired, 4)]
    public void A_job_that_has_ended_is_kept_for_as_long_as_its_end_says(JobStatus status, int hours)
    {
        var job = JobSamples.In(status);
        var purgeAt = job.Snapshot.CompletedAt!.Value + (Hour * hours);
        Assert.Equal((new JobNext(JobNeed.Purge, purgeAt), purgeAt), PlanOf(job));
        Assert.Null(Needs.DueOf(job.Snapshot, purgeAt - Tick, TimeSpan.Zero));
        Assert.Equal(JobNeed.Purge, Needs.DueOf(job.Snapshot, purgeAt, TimeSpan.Zero)!.What);
        Assert.Equal((null, null), PlanOf(job, NeedsOf(new RetentionOptions())));
    }

    [Fact]
    public void A_job_that_has_ended_has_no_deadlines_left()
    {
        var job = With(JobStatus.Completed, row => row with { ExpiresAt = JobSamples.Start, Timeout = Tick, HeartbeatTimeout = Tick });
        Assert.Null(NeedsOf(new RetentionOptions()).DueOf(job.Snapshot, JobSamples.Start + Hour, TimeSpan.Zero));
    }

    [Fact]
    public void A_callback_that_is_owed_is_attempted_and_holds_the_purge_back()
    {
        var at = JobSamples.Start + (Hour * 5);
        var job = With(JobStatus.Completed, row => row with { Callback = Callback with { Attempts = 2, NextAttemptAt = at } });
        Assert.Equal((new JobNext(JobNeed.CallbackAttempt, at, Attempt: 3), at), PlanOf(job));
        Assert.Null(Needs.DueOf(job.Snapshot, at - Tick, TimeSpan.Zero));
        Assert.Equal(JobNeed.CallbackAttempt, Needs.DueOf(job.Snapshot, at, TimeSpan.Zero)!.What);
    }

    [Fact]
    public void An_attempt_that_the_silo_makes_at_once_is_the_sweepers_only_after_a_grace()
    {
        var job = With(JobStatus.Completed, row => row with { Callback = Callback with { NextAttemptAt = row.UpdatedAt } });
        var (next, dueAt) = PlanOf(job);
        Assert.Equal(new JobNext(JobNeed.CallbackAttempt, job.Snapshot.UpdatedAt, Attempt: 1), next);
        Assert.Equal(job.Snapshot.UpdatedAt.AddSeconds(10), dueAt);
    }

    [Fact]
    public void The_shortest_retention_bounds_the_search_for_old_jobs()
    {
        Assert.Null(new RetentionOptions().Shortest);
        Assert.Equal(Hour, new RetentionOptions { Failed = Hour * 2, Expired = Hour }.Shortest);
    }

    private static Job With(JobStatus status, Func<JobSnapshot, JobSnapshot> change)
    {
        var job = JobSamples.In(status);
        return job.With(change(job.Snapshot));
    }

    private static (JobNext? Next, DateTimeOffset? DueAt) PlanOf(Job job, JobNeeds? needs = null)
    {
        var planned = (needs ?? Needs).Planned(job);
        Assert.Equal(planned.Snapshot.Next, (needs ?? Needs).Explained(job.Snapshot).Next);
        return (planned.Snapshot.Next, planned.DueAt);
    }

    private static JobNeeds NeedsOf(RetentionOptions retention) => new(Options.Create(retention), Options.Create(new CallbackOptions()));
}
