using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Storage.PostgreSql;
using JobTracker.Jobs;
using JobTracker.Silo.Clustering;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>A database whose own default is to say yes before it has written.</summary>
public sealed class DurableWriteTests
{
    [Fact]
    public async Task Every_commit_of_ours_is_durable_whatever_the_database_s_default_is()
    {
        await using var database = await PostgresJobDatabase.CreateAsync();
        await database.QueryAsync("""
            do $$
            declare watched text;
            begin
                execute format('alter database %I set synchronous_commit = off', current_database());
                create table said (writer text, setting text);
                create function say() returns trigger language plpgsql as
                    'begin insert into said values (tg_table_name, current_setting(''synchronous_commit'')); return null; end';
                foreach watched in array array['jobs', 'batches', 'orleans_grain_storage', 'orleans_reminders', 'orleans_membership'] loop
                    execute format(
                        'create constraint trigger say after insert or update on %I deferrable initially deferred for each row execute function say()',
                        watched);
                end loop;
            end $$
            """);
        await using var pool = PostgresPool.Open(database.Address);
        await using var fresh = PostgresJobDatabase.Over(database.Address, database.Address);
        var job = await fresh.InsertAsync(JobRows.New(JobRows.NewOrganization()));
        await fresh.WriteAsync(job.Replace(job.Enter(JobStatus.Running)));
        await fresh.Batches.InsertAsync(
            Batch.Draft(
                BatchId.New(TimeProvider.System), JobId.New(TimeProvider.System), new Caller("org", "user"), "main",
                new BeginBatch { Provider = "main" }, TimeProvider.System.GetUtcNow()),
            default);
        await using (var silo = await TestSilo.StartAsync(host => host.UsePostgres(pool)))
        {
            var grain = GrainId.Create("durable", "key");
            var state = new GrainState<DurableState>(new DurableState("first"));
            await silo.Storage.WriteStateAsync("durable", grain, state);
            await silo.Storage.WriteStateAsync("durable", grain, state);
            await silo.Reminders.UpsertRow(new ReminderEntry
            {
                GrainId = grain,
                ReminderName = "r",
                StartAt = TimeProvider.System.GetUtcNow().UtcDateTime,
                Period = TimeSpan.FromMinutes(1)
            });
        }

        // A sign of life is none: its loss costs nothing.
        var said = await database.QueryAsync("""
            select writer || ' ' || setting from said group by writer, setting order by 1
            """);
        Assert.Equal(
            ["batches on", "jobs on", "orleans_grain_storage on", "orleans_membership on", "orleans_reminders on"],
            said.Select(row => (string)row[0]).Where(row => row != "orleans_membership off"));
    }
}

internal sealed record DurableState(string Text);
