using System.Text.Json;
using JobTracker.Callers;
using JobTracker.Jobs;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Support;

/// <summary>What tests of grains have in common: a cluster, two callers who are strangers, and short words for outcomes.</summary>
public abstract class JobClusterTests(JobClusterFixture fixture)
{
    internal JobCluster Cluster => fixture.Cluster;

    internal Caller Alice { get; } = new(JobRows.NewOrganization(), "alice");

    internal Caller Mallory { get; } = new(JobRows.NewOrganization(), "mallory");

    internal static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal IJobGrain New() => Cluster.Job(JobId.New(TimeProvider.System));

    internal async Task<IJobGrain> CreatedAsync(JobStatus status = JobStatus.Running)
    {
        var grain = New();
        Accepted(await grain.CreateAsync(Alice, new CreateJob { Status = status }));
        return grain;
    }

    internal static JobSnapshot Accepted(JobOutcome outcome) => Assert.IsType<JobOutcome.Accepted>(outcome).Job;

    internal static T Refused<T>(JobOutcome outcome)
        where T : Refusal => Assert.IsType<T>(Assert.IsType<JobOutcome.Refused>(outcome).Reason);

    /// <summary>The whole of it: lists in a record compare by reference, their text by content.</summary>
    internal static void AssertSame(JobSnapshot expected, JobSnapshot? actual) =>
        Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(actual));
}
