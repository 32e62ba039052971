using JobTracker.Jobs;
using JobTracker.Tests.Integration.Support;

namespace JobTracker.Tests.Integration.Jobs;

/// <summary>Two who want the same job at once: one wins, and the other is told who.</summary>
public abstract class JobRaces(JobClusterFixture fixture) : JobClusterTests(fixture)
{
    [Fact]
    public async Task Of_cancel_and_complete_one_wins_and_the_other_is_told_so_a_thousand_times()
    {
        var winners = new List<JobStatus>();
        for (var wave = 0; wave < 20; wave++)
            winners.AddRange(await Task.WhenAll(Enumerable.Range(0, 50).Select(CancelAgainstCompleteAsync)));
        Assert.Equal(1_000, winners.Count);
        Assert.Equal([JobStatus.Completed, JobStatus.Cancelled], winners.Distinct().Order());
    }

    [Fact]
    public async Task Of_many_updates_from_one_version_one_wins()
    {
        var grain = await CreatedAsync();
        for (var version = 1; version <= 20; version++)
        {
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Through(i, grain).UpdateAsync(
                Alice,
                new UpdateJob { MetadataPatch = $$"""{"winner":"{{version}}-{{i}}"}""", ExpectedVersion = version })));
            var won = Accepted(Assert.Single(outcomes, outcome => outcome is JobOutcome.Accepted));
            Assert.Equal(version + 1, won.Version);
            Assert.All(outcomes.OfType<JobOutcome.Refused>(), loser => Assert.Equal(
                new Refusal.VersionMismatch(version, version + 1), loser.Reason));
            AssertSame(won, await grain.GetAsync(Alice));
        }
    }

    [Fact]
    public async Task Of_many_creates_under_one_id_one_makes_the_job()
    {
        var grain = New();
        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => Through(i, grain).CreateAsync(Alice, new CreateJob { JobType = $"type-{i}" })));
        AssertSame(Accepted(Assert.Single(outcomes, outcome => outcome is JobOutcome.Accepted)), await grain.GetAsync(Alice));
        Assert.Equal(19, outcomes.Count(outcome => outcome is JobOutcome.Refused { Reason: Refusal.InvalidField { Field: "id" } }));
    }

    [Fact]
    public async Task A_deletion_among_updates_is_the_last_thing_that_happens()
    {
        for (var round = 0; round < 50; round++)
        {
            var grain = await CreatedAsync();
            var updates = Enumerable.Range(0, 6)
                .Select(i => Through(i, grain).UpdateAsync(Alice, new UpdateJob { MetadataPatch = $$"""{"i":{{i}}}""" })).ToList();
            var deletion = Through(round, grain).DeleteAsync(Alice, new DeleteJob());
            updates.AddRange(Enumerable.Range(6, 6)
                .Select(i => Through(i, grain).UpdateAsync(Alice, new UpdateJob { MetadataPatch = $$"""{"i":{{i}}}""" })));
            var outcomes = await Task.WhenAll(updates);
            Assert.Equal(1 + outcomes.Count(outcome => outcome is JobOutcome.Accepted), Accepted(await deletion).Version);
            Assert.All(outcomes, outcome => Assert.True(outcome is JobOutcome.Accepted or JobOutcome.NotFound, $"{outcome}"));
            Assert.Null(await grain.GetAsync(Alice));
        }
    }

    private async Task<JobStatus> CancelAgainstCompleteAsync(int round)
    {
        var grain = await CreatedAsync();
        var complete = new UpdateJob { Status = JobStatus.Completed, StopReason = Change.To("end_turn") };
        var first = round % 2 == 0
            ? Through(round / 2, grain).CancelAsync(Alice, new CancelJob())
            : Through(round / 2, grain).UpdateAsync(Alice, complete);
        var second = round % 2 != 0
            ? Through(round, grain).CancelAsync(Alice, new CancelJob())
            : Through(round, grain).UpdateAsync(Alice, complete);
        JobOutcome[] outcomes = [await first, await second];
        var winner = Accepted(Assert.Single(outcomes, outcome => outcome is JobOutcome.Accepted));
        var loser = Refused<Refusal.TransitionNotAllowed>(Assert.Single(outcomes, outcome => outcome is JobOutcome.Refused));
        Assert.Equal((winner.Status, winner.StopReason), (loser.From, loser.StopReason));
        Assert.Equal(winner.Status == JobStatus.Completed ? JobStatus.Cancelled : JobStatus.Completed, loser.To);
        Assert.Equal((2L, 4), (winner.Version, winner.History.Length));
        AssertSame(winner, await grain.GetAsync(Alice));
        return winner.Status;
    }

    /// <summary>The same grain by way of one process or another.</summary>
    private IJobGrain Through(int door, IJobGrain grain)
    {
        var doors = Cluster.Doors;
        return doors[door % doors.Count].GetGrain<IJobGrain>(grain.GetPrimaryKeyString());
    }
}

public sealed class SqliteJobRaces(SqliteCluster cluster) : JobRaces(cluster), IClassFixture<SqliteCluster>;

public sealed class PostgresJobRaces(PostgresCluster cluster) : JobRaces(cluster), IClassFixture<PostgresCluster>;
