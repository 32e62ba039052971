using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using JobTracker.Grains.Storage.PostgreSql;
using JobTracker.Jobs;
using JobTracker.Tests.Support;
using Npgsql;
using NpgsqlTypes;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>How PostgreSQL would run the service's statements, prepared as the driver prepares them.</summary>
internal static partial class PostgresPlans
{
    /// <summary>
    /// Four organizations of unequal size; every filter finds many jobs of the largest, and ids that are in no order of insertion.
    /// </summary>
    public const string Fill = """
        with filled as (
        insert into jobs (
            id, version, write_id, organization_id, user_id, job_type, status, background, created_at, updated_at, completed_at,
            parent_id, stop_reason, source_id, created_by_id, last_updated_by_id, history, metadata, tags)
        select
            gen_random_uuid(), 1, gen_random_uuid(), 'org' || (array[0, 0, 0, 0, 0, 0, 0, 1, 1, 2])[1 + i % 10], 'user' || i % 7, 'type' || i % 3,
            status, i % 4 = 0, now(), now(), case when status in ('completed', 'failed') then now() end,
            case when i % 5 = 0 then '00000000-0000-0000-0000-000000000000'::uuid end, case when i % 6 < 2 then 'why' || i % 2 end,
            case when i % 3 = 0 then 'source' || i % 2 end, 'u', 'u', '[]', '{}',
            case when i % 4 < 2 then 'even' || i % 2 || ' third' || i % 3 end
        from generate_series(1, 20000) as i
        cross join lateral (select (array['completed', 'running', 'completed', 'failed', 'created', 'completed', 'pending'])[1 + i % 7] as status) as s
        returning organization_id, tags, id)
        insert into job_tags (organization_id, tag, job_id)
        select organization_id, unnest(string_to_array(tags, ' ')), id from filled where tags is not null
        """;

    /// <summary>What running the list did, step by step, with as many rows as each step read.</summary>
    public static async Task<string> RunAsync(DbConnection connection, JobQuery query, int scan = 10_000)
    {
        using var command = new NpgsqlCommand();
        foreach (var (name, value) in PostgresJobList.Values(query, scan))
            command.Parameters.AddWithValue(name, value!);
        var parameters = command.Parameters.ToList();
        var text = Numbered(PostgresJobList.Text(query), parameters);
        await JobDatabase.QueryAsync(connection, $"prepare list ({string.Join(", ", parameters.Select(TypeName))}) as {text}");
        var plan = await PlanAsync(
            connection, $"explain (analyze, timing off, summary off) execute list ({string.Join(", ", parameters.Select(Literal))})");
        await JobDatabase.QueryAsync(connection, "deallocate list");
        return plan;
    }

    /// <summary>The plan of a group commit of so many rows of each kind.</summary>
    public static async Task<string> SaveAsync(DbConnection connection, string mode, int rows)
    {
        var parameters = PostgresJobWriter.Parameters().ToList();
        List<string> types =
            [.. parameters.Select(parameter => (parameter.NpgsqlDbType & ~NpgsqlDbType.Array).ToString().ToLowerInvariant())];
        parameters.AddRange(
            [new NpgsqlParameter<int>("slot", 1), new NpgsqlParameter<Guid>("writer", Guid.Empty), new NpgsqlParameter<int>("depth", 5)]);
        await JobDatabase.QueryAsync(connection, $"set plan_cache_mode = {mode}");
        await JobDatabase.QueryAsync(
            connection,
            $"prepare save ({string.Join("[], ", types)}[], integer, uuid, integer) as {Numbered(PostgresJobStore.Sql["save_jobs"], parameters)}");
        var values = types.Select(type => $"array_fill(null::{type}, array[{rows}])");
        return await PlanAsync(connection, $"explain execute save ({string.Join(", ", values)}, 1, null, 5)");
    }

    public static async Task<string> PlanAsync(DbConnection connection, string explain) =>
        string.Join('\n', (await JobDatabase.QueryAsync(connection, explain)).Select(line => line[0]));

    /// <summary>
    /// The named parameters by their numbers, which is all that SQL's own prepare knows: in the order in which they come.
    /// </summary>
    public static string Numbered(string text)
    {
        var names = new List<string>();
        return Parameter().Replace(text, match =>
        {
            if (!names.Contains(match.Value))
                names.Add(match.Value);
            return string.Create(CultureInfo.InvariantCulture, $"${names.IndexOf(match.Value) + 1}");
        });
    }

    /// <summary>The same, in the order of <paramref name="parameters"/>.</summary>
    private static string Numbered(string text, List<NpgsqlParameter> parameters) =>
        Parameter()
            .Replace(
                text, match =>
                    string.Create(CultureInfo.InvariantCulture,
                        $"${1 + parameters.FindIndex(parameter => parameter.ParameterName == match.Groups["name"].Value)}"));

    private static string Literal(NpgsqlParameter parameter) => parameter.Value switch
    {
        string[] words => $"'{{{string.Join(',', words)}}}'",
        var value => string.Create(CultureInfo.InvariantCulture, $"'{value}'"),
    };

    private static string TypeName(NpgsqlParameter parameter) => parameter.Value switch
    {
        string[] => "text[]",
        Guid => "uuid",
        long => "bigint",
        _ => "text",
    };

    [GeneratedRegex("@(?<name>[a-z_]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
