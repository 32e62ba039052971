using JobTracker.Grains.Jobs;
using JobTracker.Jobs;

namespace JobTracker.Tests.Unit.Jobs;

/// <summary>A create that meets a job under its own id.</summary>
public sealed class JobCreationTests
{
    private static readonly CreateJob Keyed = new() { IdempotencyKey = "key", Fingerprint = "print" };

    [Fact]
    public void The_same_create_again_answers_the_job_that_is_there()
    {
        var job = JobSamples.Stored(JobSamples.Create(Keyed));
        var again = Assert.IsType<JobOutcome.AlreadyDone>(JobCreation.Again(job, JobSamples.Alice, Keyed));
        Assert.Same(job.Snapshot, again.Job);
    }

    [Fact]
    public void Another_body_under_the_key_is_refused_by_name() =>
        Assert.Equal(
            new JobOutcome.Refused(new Refusal.IdempotencyKeyReused("key")),
            JobCreation.Again(JobSamples.Stored(JobSamples.Create(Keyed)), JobSamples.Alice, Keyed with { Fingerprint = "another" }));

    [Fact]
    public void Another_organization_learns_nothing() =>
        Assert.IsType<JobOutcome.NotFound>(JobCreation.Again(JobSamples.Stored(JobSamples.Create(Keyed)), new("org-b", "alice"), Keyed));

    [Fact]
    public void Without_the_key_of_the_job_its_id_is_taken()
    {
        var job = JobSamples.Stored(JobSamples.Create(Keyed));
        foreach (var command in new[] { new CreateJob(), Keyed with { IdempotencyKey = "other" } })
        {
            var refused = Assert.IsType<JobOutcome.Refused>(JobCreation.Again(job, JobSamples.Alice, command));
            Assert.Equal("id", Assert.IsType<Refusal.InvalidField>(refused.Reason).Field);
        }
    }
}
