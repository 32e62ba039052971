using JobTracker.Grains.Batches.Rules;
using JobTracker.Grains.Storage;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Sql;
using JobTracker.Jobs;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>What only PostgreSQL can do to a writer.</summary>
public sealed class PostgresJobWriterTests(PostgresJobFixture fixture) : IClassFixture<PostgresJobFixture>
{
    private const string KillOtherSessions =
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";

    private readonly string _organization = JobRows.NewOrganization();

    private JobDatabase Database => fixture.Database;

    [Fact]
    public async Task A_commit_that_fails_after_the_rows_came_back_is_not_taken_for_stored()
    {
        await Database.QueryAsync("""
            create function refuse_at_commit() returns trigger language plpgsql as $$ begin raise exception 'too late' using errcode = '23514'; end $$;
            create constraint trigger refuse_at_commit after insert on jobs deferrable initially deferred
            for each row when (new.job_type = 'deferred') execute function refuse_at_commit()
            """);
        var job = JobRows.New(_organization).With(row => row with { JobType = "deferred" });

        var problem = await Assert.ThrowsAsync<StoreException>(() => Database.WriteAsync(job.Insert()));

        Assert.Equal(StoreFault.RowRefused, problem.Fault);
        Assert.Null(await Database.ReadAsync(job.Snapshot.Id));
        await Database.InsertAsync(JobRows.New(_organization));
    }

    [Theory]
    [InlineData(0xD83D)]
    [InlineData(0)]
    public async Task Text_that_PostgreSQL_cannot_hold_is_refused_and_the_writer_goes_on(int character)
    {
        // Half of a surrogate pair, or NUL; an attribute could not hold the first as text either.
        var job = JobRows.New(_organization).With(row => row with { UserId = $"a{(char)character}b" });

        var problem = await Assert.ThrowsAsync<StoreException>(
            () => Database.WriteAllAsync(JobRows.New(_organization).Insert(), job.Insert()));

        Assert.Equal(StoreFault.RowRefused, problem.Fault);
        Assert.Empty(await Database.CountsAsync(_organization));
        await Database.InsertAsync(JobRows.New(_organization));
    }

    [Fact]
    public async Task A_session_that_ended_between_two_batches_is_replaced()
    {
        // A database of its own: a session ends a moment after it was told to, and could be the next test's by then.
        await using var database = await PostgresJobDatabase.CreateAsync();
        await using var writer = database.Store.OpenWriter();
        for (var i = 0; i < 3; i++)
            await writer.WriteAsync([JobRows.New(_organization).Insert()], CancellationToken.None);
        var insert = JobRows.New(_organization).Insert();
        await database.QueryAsync(KillOtherSessions);

        var problem = await Assert.ThrowsAsync<StoreException>(() => writer.WriteAsync([insert], CancellationToken.None));

        Assert.Equal(StoreFault.AnswerLost, problem.Fault);
        Assert.Equal(
            [JobWriteResult.Stored.Instance], await writer.WriteAsync([insert with { MayBeStored = true }], CancellationToken.None));
        Assert.Equal(4, (await database.CountsAsync(_organization))["created job"]);
    }

    [Fact]
    public async Task A_statement_that_waits_too_long_is_given_up_and_done_by_its_repetition()
    {
        await using var impatient = await PostgresJobDatabase.CreateAsync(
            options: new StorageOptions { StatementTimeout = TimeSpan.FromSeconds(1) });
        var job = await impatient.InsertAsync(JobRows.New(_organization));
        var change = job.Replace(job.Enter(JobStatus.Pending));
        await using (var other = await impatient.ConnectAsync())
        {
            await using var transaction = await other.BeginTransactionAsync();
            await JobDatabase.QueryAsync(other, "select 1 from jobs for update");

            var problem = await Assert.ThrowsAsync<StoreException>(() => impatient.WriteAsync(change));
            Assert.Equal(StoreFault.AnswerLost, problem.Fault);
        }

        Assert.IsType<JobWriteResult.Stored>(await impatient.WriteAsync(change with { MayBeStored = true }));
        Assert.Equal(change.Next.Text(), (await impatient.ReadAsync(job.Snapshot.Id)).Text());
    }

    [Fact]
    public async Task The_writers_of_a_silo_do_not_wait_for_each_others_counts()
    {
        for (var i = 0; i < 4; i++)
        {
            await using var writer = Database.Store.OpenWriter();
            await writer.WriteAsync([JobRows.New(_organization).Insert()], CancellationToken.None);
        }

        Assert.Equal(4, (await Database.QueryAsync($"select slot from job_counts where organization_id = '{_organization}'")).Count);
        Assert.Equal(4, (await Database.CountsAsync(_organization))["created job"]);
    }
}
