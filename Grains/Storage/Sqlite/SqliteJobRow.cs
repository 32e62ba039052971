using System.Globalization;
using JobTracker.Batches;
using JobTracker.Grains.Jobs.Callbacks;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Jobs;
using Microsoft.Data.Sqlite;

namespace JobTracker.Grains.Storage.Sqlite;

/// <summary>Reads a row of <c>job_columns</c>, in their order, and spells values as the table keeps them.</summary>
internal static class SqliteJobRow
{
    public static string Text(JobId id) => Text(id.Value);

    public static string Text(Guid id) => id.ToString("D", CultureInfo.InvariantCulture);

    public static long Microseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public static Job Read(SqliteDataReader row) => new()
    {
        Snapshot = ReadSnapshot(row),
        DueAt = Time(row, 13),
        IdempotencyKey = Text(row, 20),
        Fingerprint = Text(row, 21),
        CallbackLog = JobJson.Callback(Text(row, 26))?.Log() ?? CallbackLog.Empty,
        BatchId = Id(row, 30) is { } batch ? new BatchId(batch.Value) : null,
    };

    public static JobSnapshot ReadSnapshot(SqliteDataReader row) => new()
    {
        Id = Id(row, 0)!.Value,
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
        ParentId = Id(row, 18),
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

    public static JobId? Id(SqliteDataReader row, int column) =>
        Text(row, column) is { } text ? new JobId(Guid.ParseExact(text, "D")) : null;

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static long? Number(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static DateTimeOffset? Time(SqliteDataReader row, int column) =>
        Number(row, column) is { } microseconds ? DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond) : null;

    private static TimeSpan? Seconds(SqliteDataReader row, int column) =>
        Number(row, column) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
}
