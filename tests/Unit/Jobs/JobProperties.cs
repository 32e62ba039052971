using System.Text.Json;
using CsCheck;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Jobs;
using Microsoft.Extensions.Time.Testing;

namespace JobTracker.Tests.Unit.Jobs;

/// <summary>Any sequence of commands, at any times, the clock going back included, keeps what a job promises.</summary>
public sealed class JobProperties
{
    private static readonly Gen<(string, int?)?> Patches =
        Gen.Select(Gen.OneOf("a", "b", ""), Gen.OneOf<int?>(null, 0, 1), (string key, int? value) => key.Length == 0
            ? ((string, int?)?)null
            : (key, value));

    private static readonly Gen<Step> Updates = Gen.Select(
        Gen.OneOf<JobStatus?>([null, .. Enum.GetValues<JobStatus>().Cast<JobStatus?>()]),
        Patches,
        Gen.OneOf<long?>(null, null, 1, 2),
        Gen.OneOf<long?>(null, null, 1, 2),
        Step (to, metadata, ttft, duration) => new Step.Update(to, metadata, ttft, duration));

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (6, Updates),
        (1, Gen.Const<Step>(new Step.Cancel())),
        (2, Gen.Long[-90_000_000, 90_000_000].Select(Step (ticks) => new Step.ClockJumps(ticks))));

    private abstract record Step
    {
        public sealed record Update(JobStatus? To, (string Key, int? Value)? Metadata, long? Ttft, long? Duration) : Step;

        public sealed record Cancel : Step;

        public sealed record ClockJumps(long Ticks) : Step;
    }

    [Fact]
    public void Any_sequence_of_commands_keeps_the_invariants() =>
        Gen.Select(Gen.OneOf(JobStatus.Created, JobStatus.Pending, JobStatus.Running), Steps.Array[0, 30]).Sample(Follow, iter: 3_000);

    private static void Follow(JobStatus first, Step[] steps)
    {
        var clock = new FakeTimeProvider(JobSamples.Start);
        var model = new JobModel(first);
        var job = JobSamples.Stored(
            Job.Decide(JobSamples.Id, JobSamples.Alice, new CreateJob { Status = first }, Act.Of("alice", clock), JobSamples.Limits,
                JobSamples.Addresses));
        foreach (var step in steps)
        {
            job = Take(step, job, model, clock);
            AssertSame(model, job.Snapshot);
            AssertSound(job.Snapshot);
        }
    }

    private static Job Take(Step step, Job job, JobModel model, FakeTimeProvider clock)
    {
        var act = Act.Of("alice", clock, job.Snapshot);
        switch (step)
        {
            case Step.ClockJumps { Ticks: var ticks }:
                clock.AdjustTime(clock.GetUtcNow().AddTicks(ticks));
                return job;
            case Step.Cancel:
                return Next(job, job.Decide(new CancelJob(), act), model.Cancel(), model);
            case Step.Update asked:
                var command = new UpdateJob
                {
                    Status = asked.To,
                    MetadataPatch = asked.Metadata is var (key, value) ? $"{{\"{key}\":{value?.ToString() ?? "null"}}}" : null,
                    TtftNs = asked.Ttft is { } ttft ? Change.To<long?>(ttft) : default,
                    TotalDurationNs = asked.Duration is { } duration ? Change.To<long?>(duration) : default,
                };
                return Next(job, job.Decide(
                    command, act, JobSamples.Limits), model.Update(asked.To, asked.Metadata, asked.Ttft, asked.Duration), model);
            default:
                throw new InvalidOperationException($"Unknown step {step}.");
        }
    }

    private static Job Next(Job before, Decision decision, bool accepted, JobModel model)
    {
        Assert.Equal(accepted, decision is not Decision.Refuse);
        if (decision is not Decision.Store { Next: var after })
            return before;
        var (old, now) = (before.Snapshot, after.Snapshot);
        Assert.Equal(old.Version + 1, now.Version);
        Assert.True(now.UpdatedAt >= old.UpdatedAt);
        Assert.Equal(old.History, now.History.Take(old.History.Length));
        Assert.Equal(
            (old.Id, old.CreatedAt, old.OrganizationId, old.CreatedById), (now.Id, now.CreatedAt, now.OrganizationId, now.CreatedById));
        if (old.Status.IsTerminal)
            Assert.Equal(
                (old.Status, old.CompletedAt, old.StartedAt, old.StopReason), (now.Status, now.CompletedAt, now.StartedAt, now.StopReason));
        if (now.Status.IsTerminal && now.StartedAt is { } started)
            model.Measured((now.CompletedAt!.Value - started).Ticks * 100);
        return after;
    }

    private static void AssertSame(JobModel model, JobSnapshot job)
    {
        Assert.Equal((model.Status, model.Version, model.Ttft, model.Duration), (job.Status, job.Version, job.TtftNs, job.TotalDurationNs));
        Assert.Equal(model.History, job.History.Select(entry => entry.Status));
        Assert.Equal(model.Metadata, JsonSerializer.Deserialize<SortedDictionary<string, int>>(job.Metadata));
    }

    /// <summary>What is true of every job at every moment.</summary>
    private static void AssertSound(JobSnapshot job)
    {
        Assert.Equal(job.Id.CreatedAt, job.CreatedAt);
        Assert.Equal(job.Status.IsTerminal, job.CompletedAt is not null);
        Assert.Equal(job.History.Any(entry => entry.Status == JobStatus.Running), job.StartedAt is not null);
        Assert.Equal(job.History.Select(entry => entry.At).Order(), job.History.Select(entry => entry.At));
        Assert.Equal(job.CreatedAt, job.History[0].At);
        Assert.InRange(job.History[^1].At, job.CreatedAt, job.UpdatedAt);
        Assert.All(job.History.Zip(job.History.Skip(1)), step => Assert.True(JobLifecycle.Allows(step.First.Status, step.Second.Status)));
        Assert.True(job.CompletedAt is null || job.CompletedAt == job.History[^1].At);
        Assert.True(job.TotalDurationNs is null or >= 0);
    }
}
