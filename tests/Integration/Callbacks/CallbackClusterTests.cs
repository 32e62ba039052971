using System.Collections.Immutable;
using JobTracker.Callers;
using JobTracker.Jobs;
using JobTracker.Organizations;
using JobTracker.Tests.Integration.Support;
using JobTracker.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace JobTracker.Tests.Integration.Callbacks;

/// <summary>What tests of the way from a job to its receiver have in common.</summary>
public abstract class CallbackClusterTests(CallbackClusterFixture fixture) : JobClusterTests(fixture)
{
    internal CallbackClusterFixture Fixture { get; } = fixture;

    internal FakeTimeProvider Clock => Fixture.Clock;

    internal DateTimeOffset Now =>
        new(Clock.GetUtcNow().UtcTicks / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);

    internal IOrganizationGrain Organization(Caller caller) =>
        Cluster.Client.GetGrain<IOrganizationGrain>(OrganizationKey.Of(caller.OrganizationId));

    internal async Task<string> SecretOfAsync(Caller caller) => (await Organization(caller).GetCallbackSecretAsync()).Secret;

    /// <summary>By the cluster's clock, and not by the one that makes the ids of this process.</summary>
    internal IJobGrain NewJob() => Cluster.Job(JobRows.IdAt(Clock.GetUtcNow(), number: 0));

    internal async Task<IJobGrain> RunningAsync(string url, ImmutableArray<JobStatus>? events = null, Caller? caller = null)
    {
        var grain = NewJob();
        Accepted(await grain.CreateAsync(caller ?? Alice, new CreateJob
        {
            Status = JobStatus.Running,
            Metadata = """{"source_id":"42"}""",
            CallbackUrl = url,
            CallbackEvents = events,
        }));
        return grain;
    }

    internal async Task<IJobGrain> CompletedAsync(string url, Caller? caller = null)
    {
        var grain = await RunningAsync(url, caller: caller);
        Accepted(await grain.UpdateAsync(caller ?? Alice, new UpdateJob { Status = JobStatus.Completed }));
        return grain;
    }

    /// <summary>The job once so many attempts of its callback are recorded.</summary>
    internal async Task<JobSnapshot> AfterAttemptsAsync(IJobGrain grain, int attempts)
    {
        var job = (await grain.GetAsync(Alice))!;
        while (job.Callback!.Attempts < attempts)
        {
            var changes = await grain.WaitForChangeAsync(Alice, job.Version, TimeSpan.FromSeconds(5), Cancellation).Soon();
            job = changes!.Snapshots.IsEmpty ? job : changes.Snapshots[^1];
        }

        return job;
    }

    /// <summary>What the sweeper does once that much time has passed.</summary>
    internal Task WakeAfterAsync(IJobGrain grain, TimeSpan time)
    {
        Clock.Advance(time);
        return grain.WakeAsync().Soon();
    }
}
