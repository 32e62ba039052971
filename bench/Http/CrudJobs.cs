using JobTracker.Gateway.Jobs;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.PostgreSql;
using JobTracker.Jobs;
using Npgsql;
using NpgsqlTypes;

namespace JobTracker.Bench.Http;

/// <summary>
/// Jobs by plain SQL, a round trip for each statement: a change locks its row,
/// checks the transition and commits. No counts are kept, which is in its favour.
/// </summary>
internal sealed class CrudJobs(NpgsqlDataSource database)
{
    private const string Organization = "org-default";
    private const string User = "user-default";

    private static readonly string Columns = JobColumns.Names;
    private static readonly string Find = $"select {Columns} from jobs where id = $1 and organization_id = $2";

    private const string Insert = """
        insert into jobs (id, version, write_id, organization_id, user_id, job_type, status, background, created_at, updated_at, created_by_id,
            last_updated_by_id, history, metadata)
        values ($1, 1, gen_random_uuid(), $2, $3, $4, 'created', false, $5, $5, $3, $3, $6, $7)
        """;

    private const string Update = """
        update jobs set version = $2, write_id = gen_random_uuid(), status = $3, updated_at = $4, started_at = $5, completed_at = $6,
            total_duration_ns = $7, history = $8, last_updated_by_id = $9
        where id = $1
        """;

    public async Task<JobSnapshot> CreateAsync(CreateJobBody body)
    {
        var act = Act.Of(User, TimeProvider.System);
        var job = new JobSnapshot
        {
            Id = JobId.New(TimeProvider.System),
            OrganizationId = Organization,
            UserId = User,
            JobType = body.JobType ?? "job",
            Status = JobStatus.Created,
            Version = 1,
            CreatedAt = act.At,
            UpdatedAt = act.At,
            Metadata = body.Metadata?.Text ?? "{}",
            History = [new JobTransition(JobStatus.Created, act.At, User, StopReason: null)],
            CreatedById = User,
            LastUpdatedById = User,
        };
        await using var insert = database.CreateCommand(Insert);
        Add(insert.Parameters, job.Id.Value, Organization, User, job.JobType, job.CreatedAt, Json(JobJson.Of(job.History)),
            Json(job.Metadata));
        await insert.ExecuteNonQueryAsync();
        return job;
    }

    public async Task<JobSnapshot?> FindAsync(JobId id)
    {
        await using var find = database.CreateCommand(Find);
        return await ReadAsync(find, id);
    }

    /// <summary>Null: no such job, or the transition is not allowed.</summary>
    public async Task<JobSnapshot?> MoveAsync(JobId id, JobStatus status)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var find = new NpgsqlCommand($"{Find} for update", connection);
        if (await ReadAsync(find, id) is not { } stored || !JobLifecycle.Allows(stored.Status, status))
            return null;
        var act = Act.Of(User, TimeProvider.System, stored);
        var job = JobLifecycle.Enter(stored, status, act, stopReason: null) with
        { Version = stored.Version + 1, UpdatedAt = act.At, LastUpdatedById = User };
        await using var update = new NpgsqlCommand(Update, connection);
        Add(update.Parameters, id.Value, job.Version, status.Word, job.UpdatedAt, Time(job.StartedAt), Time(job.CompletedAt));
        update.Parameters.Add(new() { Value = (object?)job.TotalDurationNs ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint });
        Add(update.Parameters, Json(JobJson.Of(job.History)), User);
        await update.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        return job;
    }

    public async Task<List<JobSnapshot>> ListAsync(int limit)
    {
        await using var list = database.CreateCommand($"select {Columns} from jobs where organization_id = $1 order by id desc limit $2");
        Add(list.Parameters, Organization, (long)limit);
        await using var rows = await list.ExecuteReaderAsync();
        var jobs = new List<JobSnapshot>(limit);
        var row = new PostgresRow(rows);
        while (await rows.ReadAsync())
            jobs.Add(JobColumns.ReadSnapshot(row));
        return jobs;
    }

    private static async Task<JobSnapshot?> ReadAsync(NpgsqlCommand find, JobId id)
    {
        Add(find.Parameters, id.Value, Organization);
        await using var rows = await find.ExecuteReaderAsync();
        return await rows.ReadAsync() ? JobColumns.ReadSnapshot(new PostgresRow(rows)) : null;
    }

    private static void Add(NpgsqlParameterCollection parameters, params ReadOnlySpan<object> values)
    {
        foreach (var value in values)
            parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
    }

    private static NpgsqlParameter Json(string text) => new() { Value = text, NpgsqlDbType = NpgsqlDbType.Json };

    private static NpgsqlParameter Time(DateTimeOffset? time) =>
        new() { Value = (object?)time ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
