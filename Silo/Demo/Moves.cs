using JobTracker.Jobs;

namespace JobTracker.Silo.Demo;

/// <summary>
/// What becomes of a job next, by its worker's hand. It follows from the job and from chance alone, so that a restart goes on where it was.
/// </summary>
internal static class Moves
{
    /// <returns>Null: nobody moves it, for it has ended, ends by itself, or was forsaken.</returns>
    public static UpdateJob? Next(JobSnapshot job, Random random) => (job, Work.Of(job.JobType)) switch
    {
        (_, null) => null,
        ({ Status: JobStatus.Created }, _) => new UpdateJob { Status = JobStatus.Pending },
        ({ Status: JobStatus.Pending, ExpiresAt: not null }, _) => null,
        ({ Status: JobStatus.Pending }, _) => new UpdateJob { Status = JobStatus.Running },
        ({ Status: not JobStatus.Running }, _) => null,
        (_, _) when job.HeartbeatTimeout <= Catalogue.ShortSilence => null,
        ({ Progress: { } progress }, _) when progress.Completed >= progress.Total => End(job.JobType, random),
        // Now and then it goes wrong on the way, or is not wanted any more.
        ({ Progress: not null }, _) when random.In100(4) => End(job.JobType, random, completes: 0),
        (_, { } work) => new UpdateJob { Progress = Change.To(Step(job.Progress, work, random)) },
    };

    /// <summary>How it ends.</summary>
    /// <param name="jobType">One of the demonstration's.</param>
    /// <param name="random">The chance.</param>
    /// <param name="completes">In so many of a hundred cases it does.</param>
    public static UpdateJob End(string jobType, Random random, int completes = 88)
    {
        if (random.In100(completes))
            return new UpdateJob
            {
                Status = JobStatus.Completed,
                StopReason = jobType is "agent_run" ? Change.To("end_turn") : default,
                TtftNs = jobType is "agent_run" ? Change.To<long?>(random.NextInt64(180_000_000, 1_900_000_000)) : default,
            };
        if (random.In100(30))
            return new UpdateJob { Status = JobStatus.Cancelled, StopReason = Change.To("user_request") };
        var (code, message) = random.OneOf(Work.Of(jobType)!.Faults);
        return new UpdateJob
        {
            Status = JobStatus.Failed,
            StopReason = Change.To("error"),
            Error = Change.To(new JobError(code, message)),
        };
    }

    /// <summary>A good part of the way.</summary>
    public static JobProgress Step(JobProgress? before, Work work, Random random)
    {
        var total = before?.Total ?? random.Next(work.Units.Least, work.Units.Most + 1);
        var part = Math.Max(1, total * random.Next(15, 40) / 100);
        var done = Math.Min(total, (before?.Completed ?? 0) + part);
        return new JobProgress(done, total, done == total ? $"All {work.Unit} are done" : $"At the {work.Unit} after {done}");
    }
}
