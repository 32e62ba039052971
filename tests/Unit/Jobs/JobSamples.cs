using JobTracker.Callers;
using JobTracker.Grains.Callbacks.Sending;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Jobs;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Unit.Jobs;

/// <summary>Jobs as the rules make them, and the caller, the moment and the limits they are made with.</summary>
internal static class JobSamples
{
    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    public static readonly JobId Id = JobRows.IdAt(Start, number: 1);
    public static readonly Caller Alice = new("org-a", "alice");
    public static readonly JobLimits Limits = new();
    public static readonly CallbackAddressRules Addresses = new([]);

    public static Act ActAt(double seconds, string by = "alice") => new(by, Start.AddSeconds(seconds));

    public static Decision Create(CreateJob command, double afterSeconds = 0) =>
        Job.Decide(Id, Alice, command, ActAt(afterSeconds), Limits, Addresses);

    public static Job Stored(Decision decision) => Assert.IsType<Decision.Store>(decision).Next;

    public static T Refused<T>(Decision decision)
        where T : Refusal => Assert.IsType<T>(Assert.IsType<Decision.Refuse>(decision).Reason);

    /// <summary>A job that went the shortest way to a status, one second a step.</summary>
    public static Job In(JobStatus status) => status switch
    {
        JobStatus.Created or JobStatus.Pending or JobStatus.Running => Stored(Create(new CreateJob { Status = status })),
        JobStatus.Completed or JobStatus.Failed or JobStatus.Cancelled =>
            Stored(In(JobStatus.Running).Decide(new UpdateJob { Status = status }, ActAt(1), Limits)),
        JobStatus.Expired => Expired(In(JobStatus.Running)),
    };

    private static Job Expired(Job job) =>
        job with { Snapshot = JobLifecycle.Enter(job.Snapshot, JobStatus.Expired, ActAt(1, Act.System), "expired") with { Version = 2 } };
}
