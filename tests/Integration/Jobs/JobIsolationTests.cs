using JobTracker.Jobs;
using JobTracker.Tests.Integration.Support;

namespace JobTracker.Tests.Integration.Jobs;

/// <summary>Another organization's job answers exactly as one that does not exist.</summary>
public abstract class JobIsolationTests(JobClusterFixture fixture) : JobClusterTests(fixture)
{
    [Fact]
    public async Task A_stranger_gets_of_a_job_what_he_gets_of_none()
    {
        var theirs = await CreatedAsync();
        Assert.Equal(await AnswersAsync(New()), await AnswersAsync(theirs));
        Assert.Equal((JobStatus.Running, 1L), (await theirs.GetAsync(Alice) is { } job) ? (job.Status, job.Version) : default);
    }

    [Fact]
    public async Task A_stranger_who_guesses_an_id_makes_no_job_under_it()
    {
        var theirs = await CreatedAsync();
        Assert.IsType<JobOutcome.NotFound>(await theirs.CreateAsync(Mallory, new CreateJob()));
        Assert.IsType<JobOutcome.NotFound>(await theirs.CreateAsync(Mallory, new CreateJob { IdempotencyKey = "k", Fingerprint = "f" }));
        Assert.Null(await theirs.GetAsync(Mallory));
    }

    [Fact]
    public async Task A_parked_stranger_is_not_woken_into_seeing()
    {
        var theirs = await CreatedAsync();
        var wait = theirs.WaitForChangeAsync(Mallory, 0, TimeSpan.FromSeconds(5), Cancellation);
        await theirs.UpdateAsync(Alice, new UpdateJob { Status = JobStatus.Completed });
        Assert.Null(await wait);
    }

    [Fact]
    public async Task The_same_user_of_another_organization_is_a_stranger_and_an_admin_is_one_too()
    {
        var theirs = await CreatedAsync();
        Assert.Null(await theirs.GetAsync(Mallory with { UserId = Alice.UserId }));
        Assert.Null(await theirs.GetAsync(Mallory with { IsAdmin = true }));
        Assert.NotNull(await theirs.GetAsync(Alice with { UserId = "a colleague" }));
    }

    [Fact]
    public async Task An_idempotency_key_is_an_organizations_own()
    {
        var command = new CreateJob { IdempotencyKey = "shared", Fingerprint = "f" };
        var (mine, theirs) = (Accepted(await New().CreateAsync(Alice, command)), Accepted(await New().CreateAsync(Mallory, command)));
        Assert.NotEqual(mine.Id, theirs.Id);
    }

    private async Task<string[]> AnswersAsync(IJobGrain grain) =>
    [
        $"{await grain.GetAsync(Mallory)}",
        $"{await grain.WaitForChangeAsync(Mallory, 0, TimeSpan.FromSeconds(5), Cancellation)}",
        $"{await grain.UpdateAsync(Mallory, new UpdateJob { Status = JobStatus.Completed })}",
        $"{await grain.UpdateAsync(Mallory, new UpdateJob { ExpectedVersion = 99, StopReason = Change.To("No!") })}",
        $"{await grain.CancelAsync(Mallory, new CancelJob())}",
        $"{await grain.DeleteAsync(Mallory, new DeleteJob { ExpectedVersion = 99 })}",
        $"{await grain.DeleteAsync(Mallory, new DeleteJob())}",
    ];
}

public sealed class SqliteJobIsolationTests(SqliteCluster cluster) : JobIsolationTests(cluster), IClassFixture<SqliteCluster>;

public sealed class PostgresJobIsolationTests(PostgresCluster cluster) : JobIsolationTests(cluster), IClassFixture<PostgresCluster>;
