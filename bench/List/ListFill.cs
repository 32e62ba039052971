using System.Globalization;
using JobTracker.Tests.Support;
using Npgsql;

namespace JobTracker.Bench.List;

/// <summary>Fills a database with jobs of one organization, one a second of the past, made by the server itself.</summary>
internal static class ListFill
{
    public const string Organization = "org-bench";
    public const string HotParent = "00000000-0000-7000-8000-000000000001";

    public static readonly DateTimeOffset First = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Of a hundred jobs one is created, pending, running, expired, two cancelled and four failed; one in a hundred has the stop reason,
    /// the source or the parent that is asked for, so that even the small table has a full page of each. One user made the 200 oldest jobs
    /// and no other.
    /// </summary>
    private const string Rows = """
        insert into jobs (id, version, write_id, organization_id, user_id, job_type, status, background, created_at, updated_at, started_at, completed_at,
            total_duration_ns, parent_id, stop_reason, source_id, created_by_id, last_updated_by_id, history, metadata, tags)
        select (lpad(to_hex(ms), 12, '0') || '7' || lpad(to_hex(n % 4096), 3, '0') || '8' || lpad(to_hex(n), 15, '0'))::uuid, 4, gen_random_uuid(),
            'org-bench', user_id, job_type, status, n % 100 = 40, at, at, case when share > 1 then at end, case when share > 2 then at end,
            case when share > 2 then 1000000000 end, case n % 100 when 20 then @parent when 25 then gen_random_uuid() end,
            case when share between 3 and 9 then case share when 3 then 'worker_lost' else 'other_' || share end end, source_id, user_id,
            user_id,
            json_build_array(json_build_object('status', 'created', 'at', to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'by', user_id),
                json_build_object('status', status, 'at', to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'by', user_id)),
            json_build_object('source_id', source_id, 'team', 'bench', 'priority', n % 5),
            'tag-all' || case when n <= 200 then ' tag-rare' when n % 100 = 70 then ' tag-hot' else '' end
        from generate_series(1::bigint, @jobs) as n
        cross join lateral (select n % 100 as share, case when n <= 200 then 'user-rare' else 'user-' || n % 97 end as user_id, @first_ms + n * 1000 as ms, to_timestamp((@first_ms + n * 1000) / 1000.0) as at,
            case n % 3 when 0 then 'job' when 1 then 'run' else 'batch' end as job_type,
            case n % 100 when 50 then 'source-hot' when 55 then 'source-' || n end as source_id,
            case when n % 100 = 0 then 'created' when n % 100 = 1 then 'pending' when n % 100 = 2 then 'running' when n % 100 < 7 then 'failed'
                when n % 100 < 9 then 'cancelled' when n % 100 = 9 then 'expired' else 'completed' end as status) as job
        """;

    private const string Tags = """
        insert into job_tags (organization_id, tag, job_id)
        select organization_id, unnest(string_to_array(tags, ' ')), id from jobs
        """;

    /// <summary>Spread over as many slots as writers would use.</summary>
    private const string Counts = """
        insert into job_counts (organization_id, job_type, status, slot, count)
        select organization_id, job_type, status, extract(epoch from created_at)::bigint / 300 % 64, count(*) from jobs group by 1, 2, 3, 4
        """;

    public static async Task<PostgresJobDatabase> NewAsync(PostgresServer server, int jobs)
    {
        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();
        var database = await PostgresJobDatabase.CreateAsync(server);
        await ExecuteAsync(
            database, Rows, new("jobs", (long)jobs), new("first_ms", First.ToUnixTimeMilliseconds()), new("parent", Guid.Parse(HotParent)));
        await ExecuteAsync(database, Counts);
        await ExecuteAsync(database, Tags);
        foreach (var settle in (string[])["vacuum (analyze) jobs", "vacuum (analyze) job_tags", "vacuum (analyze) job_counts", "checkpoint"])
            await ExecuteAsync(database, settle);
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"filled {jobs} jobs in {clock.GetElapsedTime(start).TotalSeconds:0} s"));
        return database;
    }

    private static async Task ExecuteAsync(PostgresJobDatabase database, string sql, params NpgsqlParameter[] parameters)
    {
        await using var connection = (NpgsqlConnection)await database.ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync();
    }
}
