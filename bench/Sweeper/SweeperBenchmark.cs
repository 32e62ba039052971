using System.Diagnostics;
using JobTracker.Bench.Lifecycle;
using JobTracker.Grains;
using JobTracker.Grains.Storage.PostgreSql;
using JobTracker.Jobs;
using JobTracker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace JobTracker.Bench.Sweeper;

/// <summary>
/// How late deadlines are met; then very many jobs that expire at one moment, on PostgreSQL, while new jobs go on being made: how fast they
/// are worked off, how much memory that takes, and what it does to the creates.
/// </summary>
internal static class SweeperBenchmark
{
    private const string Organization = "org-due";
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    public static async Task RunAsync(BenchOptions options)
    {
        var jobs = options.Get("jobs", 100_000);
        var perSecond = options.Get("creates", 200);
        await using var server = await PostgresServer.StartAsync();
        await using var database = PostgresPool.Open(await GrainContender.NewDatabaseAsync(server));
        using var host = GrainContender.NewHost(silo => silo.AddJobs(database).UseInMemoryReminderService().AddSweeper());
        await host.StartAsync();
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        var creates = new CreateLoad(grains, perSecond);
        await creates.RunAsync(Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System));

        await Deadlines.ReportAsync(grains, options.Get("deadlines", 2_000));
        var alone = await creates.RunAsync(Task.Delay(TimeSpan.FromSeconds(options.Get("seconds", 10)), TimeProvider.System));
        var resident = Resident();
        var dueAt = await FillAsync(database, jobs);
        await Task.Delay(dueAt - TimeProvider.System.GetUtcNow(), TimeProvider.System);
        var peak = 0.0;
        var drained = DrainedAsync(grains, jobs, () => peak = Math.Max(peak, Resident()));
        var beside = await creates.RunAsync(drained);
        var seconds = (await drained).TotalSeconds;
        await host.StopAsync();

        Console.WriteLine($"{jobs} jobs due at once were worked off in {seconds:0.0} s, beside {perSecond} creates a second");
        Figures.Figure("sweeper_drained", jobs / seconds, "jobs/s");
        Figures.Figure("sweeper_resident_before", resident, "MiB");
        Figures.Figure("sweeper_resident_peak", peak, "MiB");
        Figures.Figure("sweeper_create_p99_alone", alone.Percentile(99), "ms");
        Figures.Figure("sweeper_create_p99_beside", beside.Percentile(99), "ms");
        Figures.Figure("sweeper_create_p50_beside", beside.Percentile(50), "ms");
        Figures.Ratio("sweeper_create_p99_to_alone", beside.Percentile(99) / alone.Percentile(99));
    }

    /// <summary>How long it took until every one was expired.</summary>
    private static async Task<TimeSpan> DrainedAsync(IGrainFactory grains, int jobs, Action look)
    {
        var start = TimeProvider.System.GetTimestamp();
        var caller = new Callers.Caller(Organization, "user-bench");
        while (true)
        {
            look();
            var counts = await grains.GetGrain<IJobCatalogGrain>(0).CountAsync(caller, organizationId: null);
            if (counts.ByStatusAndType.Where(count => count.Status == JobStatus.Expired).Sum(count => count.Count) >= jobs)
                return TimeProvider.System.GetElapsedTime(start);
            await Task.Delay(Look, TimeProvider.System);
        }
    }

    private static double Resident()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 / 1024.0 / 1024.0;
    }

    /// <summary>Running jobs that all expire at the moment that is answered.</summary>
    private static async Task<DateTimeOffset> FillAsync(PostgresPool database, int jobs)
    {
        var clock = TimeProvider.System;
        var dueAt = clock.GetUtcNow().AddSeconds(5 + (jobs / 10_000));
        await using var connection = await database.OpenConnectionAsync();
        await using var fill = new NpgsqlCommand(
            """
            insert into jobs (id, version, write_id, organization_id, user_id, job_type, status, background, created_at, updated_at, started_at, expires_at,
                due_at, created_by_id, last_updated_by_id, history, metadata)
            select (lpad(to_hex(@ms), 12, '0') || '7' || lpad(to_hex(n % 4096), 3, '0') || '8' || lpad(to_hex(n), 15, '0'))::uuid, 1, gen_random_uuid(),
                @organization, 'user-bench', 'job', 'running', false, now(), now(), now(), @due_at, @due_at, 'user-bench', 'user-bench',
                '[{"status":"running","at":"2026-01-01T00:00:00Z","by":"user-bench"}]', '{"team":"bench"}'
            from generate_series(1::bigint, @jobs) as n
            """,
            connection);
        fill.CommandTimeout = 0;
        fill.Parameters.AddWithValue("ms", clock.GetUtcNow().ToUnixTimeMilliseconds());
        fill.Parameters.AddWithValue("organization", Organization);
        fill.Parameters.AddWithValue("due_at", dueAt.UtcDateTime);
        fill.Parameters.AddWithValue("jobs", (long)jobs);
        await fill.ExecuteNonQueryAsync();
        await using var count = new NpgsqlCommand(
            "insert into job_counts (organization_id, job_type, status, slot, count) values (@organization, 'job', 'running', 0, @jobs)",
            connection);
        count.Parameters.AddWithValue("organization", Organization);
        count.Parameters.AddWithValue("jobs", (long)jobs);
        await count.ExecuteNonQueryAsync();
        return clock.GetUtcNow() < dueAt
            ? dueAt
            : throw new InvalidOperationException("The fill took longer than the jobs had: some were due before it ended.");
    }
}
