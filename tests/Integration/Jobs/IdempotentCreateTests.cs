using JobTracker.Jobs;
using JobTracker.Tests.Integration.Support;

namespace JobTracker.Tests.Integration.Jobs;

/// <summary>One key, one job, however often and wherever it is asked for.</summary>
public abstract class IdempotentCreateTests(JobClusterFixture fixture) : JobClusterTests(fixture)
{
    private static readonly CreateJob Keyed = new() { IdempotencyKey = "key", Fingerprint = "print" };

    [Fact]
    public async Task The_same_key_and_body_answer_the_job_as_it_is_now()
    {
        var grain = New();
        Accepted(await grain.CreateAsync(Alice, Keyed));
        var moved = Accepted(await grain.UpdateAsync(Alice, new UpdateJob { Status = JobStatus.Pending }));
        AssertSame(moved, Assert.IsType<JobOutcome.AlreadyDone>(await New().CreateAsync(Alice, Keyed)).Job);
        AssertSame(moved, Assert.IsType<JobOutcome.AlreadyDone>(await grain.CreateAsync(Alice, Keyed)).Job);
    }

    [Fact]
    public async Task Another_body_under_the_key_is_refused_and_makes_no_job()
    {
        Accepted(await New().CreateAsync(Alice, Keyed));
        var second = New();
        Assert.Equal(
            "key", Refused<Refusal.IdempotencyKeyReused>(await second.CreateAsync(Alice, Keyed with { Fingerprint = "another" })).Key);
        Assert.Null(await second.GetAsync(Alice));
    }

    [Fact]
    public async Task Fifty_duplicates_at_once_make_one_job()
    {
        var doors = Cluster.Doors;
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50)
            .Select(i => doors[i % doors.Count].GetGrain<IJobGrain>(JobId.New(TimeProvider.System).ToString()).CreateAsync(Alice, Keyed)));
        var made = Accepted(Assert.Single(outcomes, outcome => outcome is JobOutcome.Accepted));
        Assert.Equal(49, outcomes.OfType<JobOutcome.AlreadyDone>().Count(outcome => outcome.Job.Id == made.Id));
        Assert.Equal(made.Id, Assert.Single((await Cluster.Catalog.ListAsync(Alice, new JobQuery())).Jobs).Id);
    }

    [Fact]
    public async Task Many_rounds_of_two_at_once_make_one_job_each()
    {
        var doors = Cluster.Doors;
        for (var round = 0; round < 100; round++)
        {
            var command = Keyed with { IdempotencyKey = $"round {round}" };
            var outcomes = await Task.WhenAll(doors.Take(2)
                .Select(door => door.GetGrain<IJobGrain>(JobId.New(TimeProvider.System).ToString()).CreateAsync(Alice, command)));
            var made = Accepted(Assert.Single(outcomes, outcome => outcome is JobOutcome.Accepted));
            Assert.Equal(made.Id, Assert.Single(outcomes.OfType<JobOutcome.AlreadyDone>()).Job.Id);
        }
    }

    [Fact]
    public async Task The_key_is_free_again_when_its_job_is_deleted()
    {
        var first = New();
        Accepted(await first.CreateAsync(Alice, Keyed));
        Accepted(await first.DeleteAsync(Alice, new DeleteJob()));
        Accepted(await New().CreateAsync(Alice, Keyed));
    }

    [Fact]
    public async Task A_repeated_create_answers_its_job_although_its_deadline_has_passed()
    {
        var command = Keyed with { ExpiresAt = TimeProvider.System.GetUtcNow().AddSeconds(1) };
        var grain = New();
        Accepted(await grain.CreateAsync(Alice, command));
        JobSnapshot? job;
        do
        {
            await grain.WaitForChangeAsync(Alice, 1, TimeSpan.FromMilliseconds(200), Cancellation);
            await grain.WakeAsync();
            job = await grain.GetAsync(Alice);
        }
        while (job is { Status.IsTerminal: false });

        AssertSame(job!, Assert.IsType<JobOutcome.AlreadyDone>(await New().CreateAsync(Alice, command)).Job);
        AssertSame(job!, Assert.IsType<JobOutcome.AlreadyDone>(await grain.CreateAsync(Alice, command)).Job);
        Assert.Equal(
            "key", Refused<Refusal.IdempotencyKeyReused>(await New().CreateAsync(Alice, command with { Fingerprint = "another" })).Key);
        Assert.Equal(
            "expires_at", Refused<Refusal.InvalidField>(await New().CreateAsync(Alice, command with { IdempotencyKey = "new" })).Field);
        Assert.Equal("expires_at", Refused<Refusal.InvalidField>(await New().CreateAsync(Mallory, command)).Field);
    }

    [Fact]
    public async Task A_create_whose_keys_job_is_deleted_meanwhile_makes_a_new_one_or_finds_it()
    {
        var doors = Cluster.Doors;
        for (var round = 0; round < 60; round++)
        {
            var command = Keyed with { IdempotencyKey = $"round {round}" };
            var holder = New();
            Accepted(await holder.CreateAsync(Alice, command));
            var deletes = holder.DeleteAsync(Alice, new DeleteJob());
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 8)
                .Select(i => doors[i % doors.Count]
                    .GetGrain<IJobGrain>(JobId.New(TimeProvider.System).ToString()).CreateAsync(Alice, command)));
            Accepted(await deletes);
            Assert.All(outcomes, outcome => Assert.True(outcome is JobOutcome.Accepted or JobOutcome.AlreadyDone, $"{outcome}"));
            Assert.InRange(outcomes.OfType<JobOutcome.Accepted>().Count(), 0, 1);
        }
    }

    [Fact]
    public async Task A_create_that_found_the_key_taken_leaves_its_id_free()
    {
        Accepted(await New().CreateAsync(Alice, Keyed));
        var second = New();
        Assert.IsType<JobOutcome.AlreadyDone>(await second.CreateAsync(Alice, Keyed));
        Accepted(await second.CreateAsync(Alice, new CreateJob()));
    }

    [Fact]
    public async Task An_id_that_belongs_to_a_job_makes_no_second_one()
    {
        var grain = await CreatedAsync();
        Assert.Equal("id", Refused<Refusal.InvalidField>(await grain.CreateAsync(Alice, new CreateJob())).Field);
    }
}

public sealed class SqliteIdempotentCreateTests(SqliteCluster cluster) : IdempotentCreateTests(cluster), IClassFixture<SqliteCluster>;

public sealed class PostgresIdempotentCreateTests(PostgresCluster cluster) : IdempotentCreateTests(cluster), IClassFixture<PostgresCluster>;
