using Npgsql;

namespace JobTracker.Bench.Many;

/// <summary>Fills a database with jobs of one type and status, made by the server itself.</summary>
internal static class ManyFill
{
    private const string Rows = """
        insert into jobs (id, version, write_id, organization_id, user_id, job_type, status, background, created_at, updated_at, completed_at,
            created_by_id, last_updated_by_id, history, metadata)
        select (lpad(to_hex(@ms + n / 4096), 12, '0') || '7' || lpad(to_hex(n % 4096), 3, '0') || '8' || lpad(to_hex(n), 15, '0'))::uuid, 1,
            gen_random_uuid(), 'org-default', 'user-bench', @type, @status, false, now(), now(), case when @status = 'completed' then now() end,
            'user-bench', 'user-bench', '[{"status":"created","at":"2026-01-01T00:00:00Z","by":"user-bench"}]', '{"team":"bench","priority":3}'
        from generate_series(1::bigint, @jobs) as n
        """;

    private const string Counts = """
        insert into job_counts (organization_id, job_type, status, slot, count) values ('org-default', @type, @status, 0, @jobs)
        """;

    public static async Task FillAsync(string database, string type, int jobs, string status)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        var anHourAgo = TimeProvider.System.GetUtcNow().AddHours(-1).ToUnixTimeMilliseconds();
        foreach (var sql in new[] { Rows, Counts })
        {
            await using var fill = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            fill.Parameters.AddWithValue("type", type);
            fill.Parameters.AddWithValue("status", status);
            fill.Parameters.AddWithValue("jobs", (long)jobs);
            if (sql == Rows)
                fill.Parameters.AddWithValue("ms", type == "export" ? anHourAgo : anHourAgo + 1_000_000);
            await fill.ExecuteNonQueryAsync();
        }
        await using var settle = new NpgsqlCommand("vacuum (analyze) jobs", connection) { CommandTimeout = 0 };
        await settle.ExecuteNonQueryAsync();
    }
}
