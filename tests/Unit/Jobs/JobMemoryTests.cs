using JobTracker.Grains.Callbacks;
using JobTracker.Grains.Jobs;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Jobs;
using Microsoft.Extensions.Options;

namespace JobTracker.Tests.Unit.Jobs;

public sealed class JobMemoryTests
{
    private static readonly TimeSpan Coalesce = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);
    private static readonly DateTimeOffset Beat = JobSamples.Start.AddSeconds(10);

    private readonly List<Flush> _flushes = [];
    private readonly JobMemory _memory = new(
        new JobNeeds(Options.Create(new RetentionOptions()), Options.Create(new CallbackOptions())), Coalesce);

    [Fact]
    public void A_sign_of_life_waits_for_the_rest_of_the_time_since_the_one_that_is_stored()
    {
        _memory.TakeStored(Heard(Beat));

        Assert.Equal(Coalesce * 0.75, _memory.WaitOf(Heard(Beat + (Coalesce * 0.25))));
        Assert.Equal(TimeSpan.FromTicks(1), _memory.WaitOf(Heard(Beat + Coalesce - TimeSpan.FromTicks(1))));
        Assert.Equal(TimeSpan.Zero, _memory.WaitOf(Heard(Beat + Coalesce)));
        Assert.Equal(TimeSpan.Zero, _memory.WaitOf(Heard(Beat + (Coalesce * 9))));
    }

    [Fact]
    public void A_first_sign_of_life_waits_for_nothing()
    {
        _memory.TakeStored(Heard(null));
        Assert.Equal(TimeSpan.Zero, _memory.WaitOf(Heard(Beat)));
    }

    [Fact]
    public void What_waits_is_shown_under_the_version_that_is_stored()
    {
        _memory.TakeStored(Heard(Beat));
        _memory.KeepUnstored(Heard(Beat + (Coalesce / 2)).NextVersion(), Start);

        Assert.True(_memory.HasUnstored);
        Assert.Equal((1L, Beat + (Coalesce / 2)), (_memory.Job!.Snapshot.Version, _memory.Job.Snapshot.HeartbeatAt));
        Assert.Equal(new JobNext(JobNeed.HeartbeatDue, Beat + (Coalesce / 2) + Silence), _memory.Job.Snapshot.Next);
    }

    [Fact]
    public void However_much_waits_one_flush_runs_and_ends_with_what_is_stored()
    {
        _memory.TakeStored(Heard(Beat));
        _memory.KeepUnstored(Heard(Beat + (Coalesce / 4)), Start);
        _memory.KeepUnstored(Heard(Beat + (Coalesce / 2)), Start);
        Assert.False(Assert.Single(_flushes).IsStopped);

        _memory.TakeStored(Heard(Beat + (Coalesce / 2)).NextVersion());
        Assert.Equal((true, false, 2L), (_flushes[0].IsStopped, _memory.HasUnstored, _memory.Job!.Snapshot.Version));
        Assert.Equal(Coalesce, _memory.WaitOf(Heard(Beat + (Coalesce / 2))));
    }

    [Fact]
    public void Of_what_could_not_be_stored_only_the_sign_of_life_is_kept()
    {
        _memory.TakeStored(Heard(Beat));
        _memory.KeepBeat(Beat + Coalesce, Start);

        Assert.Equal((true, 1L, Beat + Coalesce),
            (_memory.HasUnstored, _memory.Job!.Snapshot.Version, _memory.Job.Snapshot.HeartbeatAt));
        Assert.Equal(TimeSpan.FromTicks(1), _memory.WaitOf(Heard(Beat + Coalesce - TimeSpan.FromTicks(1))));
    }

    /// <summary>What an activation that is gone may have heard and not stored.</summary>
    [Fact]
    public void A_row_that_is_read_anew_gives_its_worker_as_much_more_time_as_a_crash_takes_back()
    {
        _memory.TakeStored(Heard(Beat));
        Assert.Null(_memory.DueAt(Beat + Silence + Coalesce - TimeSpan.FromTicks(1)));
        Assert.Equal(JobNeed.HeartbeatDue, _memory.DueAt(Beat + Silence + Coalesce)!.What);

        _memory.TakeStored(Heard(Beat).NextVersion());
        Assert.Null(_memory.DueAt(Beat + Silence));
    }

    [Fact]
    public void A_worker_that_was_heard_here_gets_no_more_time_than_it_asked_for()
    {
        _memory.TakeStored(Heard(Beat));
        _memory.KeepUnstored(Heard(Beat + (Coalesce / 2)), Start);
        Assert.Equal(JobNeed.HeartbeatDue, _memory.DueAt(Beat + (Coalesce / 2) + Silence)!.What);

        _memory.TakeStored(Heard(Beat + Coalesce));
        Assert.Null(_memory.DueAt(Beat + Coalesce + Silence - TimeSpan.FromTicks(1)));
        Assert.Equal(JobNeed.HeartbeatDue, _memory.DueAt(Beat + Coalesce + Silence)!.What);
    }

    [Fact]
    public void A_worker_that_was_never_heard_missed_nothing()
    {
        _memory.TakeStored(Heard(null));
        Assert.Equal(JobNeed.HeartbeatDue, _memory.DueAt(JobSamples.Start + Silence)!.What);
    }

    [Fact]
    public void What_is_forgotten_waits_no_more()
    {
        _memory.TakeStored(Heard(Beat));
        _memory.KeepUnstored(Heard(Beat + (Coalesce / 2)), Start);
        _memory.Forget();
        Assert.Equal((true, true, false), (_memory.IsForgotten, _flushes[0].IsStopped, _memory.HasUnstored));
    }

    [Fact]
    public void Where_there_is_no_job_nothing_is_due()
    {
        _memory.TakeStored(null);
        Assert.Equal((null, null, false), (_memory.Job, _memory.DueAt(DateTimeOffset.MaxValue), _memory.HasUnstored));
    }

    private static Job Heard(DateTimeOffset? at)
    {
        var job = JobSamples.In(JobStatus.Running);
        return job.With(job.Snapshot with { HeartbeatTimeout = Silence, HeartbeatAt = at });
    }

    private Flush Start()
    {
        _flushes.Add(new Flush());
        return _flushes[^1];
    }

    private sealed class Flush : IDisposable
    {
        public bool IsStopped { get; private set; }

        public void Dispose() => IsStopped = true;
    }
}
