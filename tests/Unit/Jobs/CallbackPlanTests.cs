using JobTracker.Grains.Callbacks;
using JobTracker.Grains.Jobs;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Jobs;
using Microsoft.Extensions.Options;

namespace JobTracker.Tests.Unit.Jobs;

/// <summary>
/// When the sweeper comes for a callback that is owed, so that no crash loses it and no attempt is made twice without need.
/// </summary>
public sealed class CallbackPlanTests
{
    private static readonly JobNeeds Needs = new(Options.Create(new RetentionOptions()), Options.Create(new CallbackOptions()));

    [Fact]
    public void An_attempt_that_is_due_later_is_fetched_on_time() => Assert.Equal(At(30), Planned(nextAttempt: 30, updated: 1).DueAt);

    [Fact]
    public void An_attempt_that_is_due_at_once_is_left_to_its_silo_for_twice_its_timeout() =>
        Assert.Equal(At(11), Planned(nextAttempt: 1, updated: 1).DueAt);

    [Theory]
    [InlineData(6, 16)] // 5 s late: the least, 10 s more
    [InlineData(21, 41)] // 20 s late: 20 s more
    [InlineData(201, 401)]
    [InlineData(1_001, 1_301)] // never more than 5 minutes
    public void An_attempt_that_waits_for_its_turn_is_asked_after_ever_less_often(int woken, int due) =>
        Assert.Equal(At(due), Planned(nextAttempt: 1, updated: woken).DueAt);

    [Fact]
    public void Who_wakes_a_job_takes_its_attempt_in_hand_by_a_write_and_is_left_alone_with_it()
    {
        var owing = Planned(nextAttempt: 30, updated: 1);
        var due = new JobNext(JobNeed.CallbackAttempt, At(30));
        var taken = JobSamples.Stored(owing.Decide(due, JobSamples.ActAt(31, Act.System)));
        Assert.Equal(owing.Snapshot with { Version = owing.Snapshot.Version + 1, UpdatedAt = At(31) }, taken.Snapshot);

        var planned = Needs.Planned(taken);
        Assert.Equal(At(41), planned.DueAt);
        Assert.IsType<Decision.Keep>(planned.Decide(due, JobSamples.ActAt(40, Act.System)));
        JobSamples.Stored(planned.Decide(due, JobSamples.ActAt(41, Act.System)));
    }

    private static DateTimeOffset At(double seconds) => JobSamples.Start.AddSeconds(seconds);

    private static Job Planned(double nextAttempt, double updated)
    {
        var job = JobSamples.In(JobStatus.Completed);
        return Needs.Planned(job with
        {
            Snapshot = job.Snapshot with
            {
                UpdatedAt = At(updated),
                Callback =
                    new JobCallback { Url = "https://example.com/", Events = [JobStatus.Completed], NextAttemptAt = At(nextAttempt) },
            },
        });
    }
}
