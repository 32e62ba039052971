using JobTracker.Grains.Jobs.Life;
using JobTracker.Jobs;
using JobTracker.Silo.Demo;
using JobTracker.Tests.Unit.Jobs;

namespace JobTracker.Tests.Unit.Demo;

public sealed class MovesTests
{
    public static TheoryData<string> JobTypes => [.. Work.All.Select(work => work.JobType)];

    [Theory]
    [MemberData(nameof(JobTypes))]
    public void A_job_is_moved_to_an_end_by_changes_that_are_never_refused(string jobType)
    {
        var ends = Enumerable.Range(0, 200).Select(seed => Walk(Made(jobType), new Random(seed)).Status).ToHashSet();

        Assert.Equal([JobStatus.Completed, JobStatus.Failed, JobStatus.Cancelled], ends.Order());
    }

    [Theory]
    [MemberData(nameof(JobTypes))]
    public void A_job_says_what_it_is_about(string jobType)
    {
        var made = Made(jobType).Snapshot;

        Assert.Contains("\"source_id\":", made.Metadata, StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_whose_worker_is_gone_is_left_to_its_heartbeat() =>
        Assert.Null(Moves.Next(Running(new CreateJob { JobType = "import", HeartbeatTimeout = Catalogue.ShortSilence }), new Random(1)));

    [Fact]
    public void A_job_that_nobody_begins_is_left_to_its_deadline() => Assert.Null(Moves.Next(
        JobSamples.Stored(JobSamples.Create(new CreateJob
        {
            JobType = "import",
            Status = JobStatus.Pending,
            ExpiresAt = JobSamples.Start.AddMinutes(1),
        })).Snapshot,
        new Random(1)));

    [Theory]
    [InlineData("nightly")]
    [InlineData("batch")]
    [InlineData("users_own")]
    public void What_ends_by_itself_and_what_is_not_the_demonstrations_is_left_alone(string jobType) =>
        Assert.Null(Moves.Next(Running(new CreateJob { JobType = jobType }), new Random(1)));

    private static JobSnapshot Running(CreateJob job) =>
        JobSamples.Stored(JobSamples.Create(job with { Status = JobStatus.Running })).Snapshot;

    private static Job Made(string jobType) => JobSamples.Stored(JobSamples.Create(
        new CreateJob
        {
            JobType = jobType,
            Metadata = Work.Of(jobType)!.Metadata(4_201),
            Tags = [.. Work.Of(jobType)!.Tags, Catalogue.Tag],
        }));

    private static JobSnapshot Walk(Job job, Random random)
    {
        for (var step = 1; Moves.Next(job.Snapshot, random) is { } move; step++)
        {
            Assert.InRange(step, 1, 20);
            job = JobSamples.Stored(job.Decide(move, JobSamples.ActAt(step), JobSamples.Limits));
        }
        return job.Snapshot;
    }
}
