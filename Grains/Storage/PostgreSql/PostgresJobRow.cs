using JobTracker.Batches;
using JobTracker.Grains.Jobs.Callbacks;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Jobs;
using Npgsql;

namespace JobTracker.Grains.Storage.PostgreSql;

/// <summary>Reads a row of <c>job_columns</c>, in their order.</summary>
internal static class PostgresJobRow
{
    public static Job Read(NpgsqlDataReader row) => new()
    {
        Snapshot = ReadSnapshot(row),
        DueAt = Time(row, 13),
        IdempotencyKey = Text(row, 20),
        Fingerprint = Text(row, 21),
        CallbackLog = JobJson.Callback(Text(row, 26))?.Log() ?? CallbackLog.Empty,
        BatchId = row.IsDBNull(30) ? null : new BatchId(row.GetGuid(30)),
    };

    public static JobSnapshot ReadSnapshot(NpgsqlDataReader row) => new()
    {
        Id = new JobId(row.GetGuid(0)),
        Version = row.GetInt64(1),
        OrganizationId = row.GetString(2),
        UserId = row.GetString(3),
        JobType = row.GetString(4),
        Status = JobStatus.FromWord(row.GetString(5))!.Value,
        Background = row.GetBoolean(6),
        CreatedAt = Time(row, 7)!.Value,
        UpdatedAt = Time(row, 8)!.Value,
        StartedAt = Time(row, 9),
        CompletedAt = Time(row, 10),
        ExpiresAt = Time(row, 11),
        HeartbeatAt = Time(row, 12),
        Timeout = Seconds(row, 14),
        HeartbeatTimeout = Seconds(row, 15),
        TtftNs = Number(row, 16),
        TotalDurationNs = Number(row, 17),
        ParentId = row.IsDBNull(18) ? null : new JobId(row.GetGuid(18)),
        StopReason = Text(row, 19),
        CreatedById = row.GetString(22),
        LastUpdatedById = row.GetString(23),
        Error = JobJson.Error(Text(row, 24)),
        Progress = JobJson.Progress(Text(row, 25)),
        Callback = JobJson.Callback(Text(row, 26))?.Public(),
        History = JobJson.History(row.GetString(27)),
        Metadata = row.GetString(28),
        RequestConfig = Text(row, 29),
    };

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static long? Number(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static DateTimeOffset? Time(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : new DateTimeOffset(row.GetDateTime(column));

    private static TimeSpan? Seconds(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : TimeSpan.FromSeconds(row.GetInt32(column));
}
