using JobTracker.Grains.Storage.Jobs;
using JobTracker.Jobs;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Storage;

public sealed class PooledJobStoreTests(PooledJobFixture fixture) : JobStoreConformance(fixture), IClassFixture<PooledJobFixture>
{
    /// <summary>What one transaction leaves in its session, the next one must not need, nor run into.</summary>
    [Fact]
    public async Task Each_write_may_come_to_a_session_of_its_own()
    {
        await using var database = PostgresJobDatabase.Over(fixture.Pooled.Address, fixture.Pooled.Pool.ConnectionString);
        await using var writer = database.Store.OpenWriter();
        var job = JobRows.New(JobRows.NewOrganization());
        List<IAsyncDisposable> lent = [];
        Assert.Equal([JobWriteResult.Stored.Instance], await writer.WriteAsync([job.Insert()], CancellationToken.None));
        for (var i = 0; i < 6; i++)
        {
            // It has the session that the writer had, and keeps it.
            var other = await database.Pool.OpenConnectionAsync();
            lent.Add(other);
            await using (var begin = other.CreateCommand())
            {
                begin.CommandText = "begin; select count(*) from jobs";
                await begin.ExecuteNonQueryAsync();
            }

            var change = job.Replace(job.Enter(i % 2 == 0 ? JobStatus.Running : JobStatus.Pending));
            Assert.Equal([JobWriteResult.Stored.Instance], await writer.WriteAsync([change], CancellationToken.None));
            job = change.Next!;
            Assert.Equal(job.Text(), (await database.ReadAsync(job.Snapshot.Id)).Text());
        }

        foreach (var connection in lent)
            await connection.DisposeAsync();
    }

    [Fact]
    public async Task Statements_are_kept_where_the_server_answers_itself_and_where_the_connection_string_says_so()
    {
        await using var pooled = PostgresJobDatabase.Over(fixture.Pooled.Address, fixture.Pooled.Pool.ConnectionString);
        await using var direct = PostgresJobDatabase.Over(fixture.Pooled.Address, fixture.Pooled.Address);
        await using var said = PostgresJobDatabase.Over(fixture.Pooled.Address, $"{fixture.Pooled.Address};Max Auto Prepare=0");
        foreach (var database in (PostgresJobDatabase[])[pooled, direct, said])
            await database.InsertAsync(JobRows.New(JobRows.NewOrganization()));

        Assert.Equal((false, true, false), (pooled.Pool.KeepsStatements, direct.Pool.KeepsStatements, said.Pool.KeepsStatements));
    }
}

public sealed class PooledBatchStoreTests(PooledJobFixture fixture) : BatchStoreConformance(fixture), IClassFixture<PooledJobFixture>;

public sealed class PooledJobListTests(PooledJobFixture fixture) : JobListConformance(fixture), IClassFixture<PooledJobFixture>;

public sealed class PooledOrleansTests(PooledOrleansDatabase database) : OrleansProviderTests(database),
    IClassFixture<PooledOrleansDatabase>;
