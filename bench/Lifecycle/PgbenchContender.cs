using System.Globalization;
using System.Text.RegularExpressions;
using JobTracker.Tests.Support;
using Npgsql;

namespace JobTracker.Bench.Lifecycle;

/// <summary>PostgreSQL alone: the same table, the same four guarded statements a job, each its own commit, 32 clients, prepared.</summary>
internal static partial class PgbenchContender
{
    /// <summary>
    /// Ids are UUID v7 as ours are, so that its indexes grow at their right end too. No counts are kept, which is in its favour.
    /// </summary>
    private const string Script = """
        insert into jobs (id, version, write_id, organization_id, user_id, job_type, status, background, created_at, updated_at, created_by_id,
            last_updated_by_id, history, metadata)
        values ((lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(:client_id::int), 3, '0')
            || '8' || lpad(to_hex((random() * 1152921504606846975)::bigint), 15, '0'))::uuid, 1, gen_random_uuid(), 'org-bench', 'user-bench', 'job',
            'created', false, now(), now(), 'user-bench', 'user-bench',
            '[{"status":"created","at":"2026-11-24T00:00:00.000000Z","by":"user-bench"}]', '{"source_id": null, "team": "bench", "priority": 3}')
        returning id::text as id \gset
        update jobs set version = 2, write_id = gen_random_uuid(), status = 'pending', updated_at = now(), last_updated_by_id = 'user-bench',
            history = '[{"status":"created","at":"2026-11-24T00:00:00.000000Z","by":"user-bench"},{"status":"pending","at":"2026-11-24T00:00:00.000000Z","by":"user-bench"}]'
            where id = :id::uuid and version = 1 and status = 'created';
        update jobs set version = 3, write_id = gen_random_uuid(), status = 'running', updated_at = now(), started_at = now(), last_updated_by_id = 'user-bench',
            history = '[{"status":"created","at":"2026-11-24T00:00:00.000000Z","by":"user-bench"},{"status":"pending","at":"2026-11-24T00:00:00.000000Z","by":"user-bench"},{"status":"running","at":"2026-11-24T00:00:00.000000Z","by":"user-bench"}]'
            where id = :id::uuid and version = 2 and status = 'pending';
        update jobs set version = 4, write_id = gen_random_uuid(), status = 'completed', updated_at = now(), completed_at = now(), total_duration_ns = 1, last_updated_by_id = 'user-bench',
            history = '[{"status":"created","at":"2026-11-24T00:00:00.000000Z","by":"user-bench"},{"status":"pending","at":"2026-11-24T00:00:00.000000Z","by":"user-bench"},{"status":"running","at":"2026-11-24T00:00:00.000000Z","by":"user-bench"},{"status":"completed","at":"2026-11-24T00:00:00.000000Z","by":"user-bench"}]'
            where id = :id::uuid and version = 3 and status = 'running';
        """;

    public static async Task<double> RunAsync(PostgresServer server, TimeSpan duration)
    {
        var database = new NpgsqlConnectionStringBuilder(await GrainContender.NewDatabaseAsync(server));
        var script = Path.Combine(Path.GetTempPath(), $"jobtracker-lifecycle-{Environment.ProcessId}.sql");
        await File.WriteAllTextAsync(script, Script);
        var output = await ProcessRun.OutputAsync(
            Path.Combine(await PostgresBinaries.FindAsync(), "pgbench"),
            "-n", "-M", "prepared", "-c", "32", "-j", "2", "-T", duration.TotalSeconds.ToString(CultureInfo.InvariantCulture), "-f", script,
            "-h", database.Host!, "-p", database.Port.ToString(CultureInfo.InvariantCulture), "-U", database.Username!, database.Database!);
        File.Delete(script);
        return double.Parse(Tps().Match(output).Groups["tps"].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"tps = (?<tps>[0-9.]+) \(without", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tps();
}
