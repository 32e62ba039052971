using JobTracker.Grains.Batches.Providers.Http.Json;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Jobs.Grouping;
using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Sqlite;

/// <summary>The parameters of insert_job, update_job and remove_job.</summary>
internal static class SqliteJobValues
{
    public static (string Name, object? Value)[] Of(JobWrite write) => write switch
    {
        { Next: null } => [("id", SqliteJobRow.Text(write.Id)), ("expected", write.Stored!.Value.Version)],
        { Stored: null } => New(write, write.Next),
        _ => Changed(write, write.Next, write.Stored.Value),
    };

    private static (string Name, object? Value)[] New(JobWrite write, Job job)
    {
        var row = job.Snapshot;
        return
        [
            ("id", SqliteJobRow.Text(write.Id)),
            ("write_id", SqliteJobRow.Text(write.WriteId)),
            ("organization_id", row.OrganizationId),
            ("user_id", row.UserId),
            ("job_type", row.JobType),
            ("status", row.Status.Word),
            ("background", row.Background ? 1L : 0L),
            ("created_at", Time(row.CreatedAt)),
            ("updated_at", Time(row.UpdatedAt)),
            ("started_at", Time(row.StartedAt)),
            ("expires_at", Time(row.ExpiresAt)),
            ("due_at", Time(job.DueAt)),
            ("timeout_seconds", (long?)row.Timeout?.TotalSeconds),
            ("heartbeat_timeout_seconds", (long?)row.HeartbeatTimeout?.TotalSeconds),
            ("parent_id", row.ParentId is { } parent ? SqliteJobRow.Text(parent) : null),
            ("source_id", JobJson.SourceId(row.Metadata)),
            ("idempotency_key", job.IdempotencyKey),
            ("fingerprint", job.Fingerprint),
            ("callback", JobJson.Of(StoredCallback.Of(job))),
            ("history", JobJson.Of(row.History)),
            ("metadata", row.Metadata),
            ("request_config", row.RequestConfig),
            ("batch_id", Batch(job)),
        ];
    }

    private static (string Name, object? Value)[] Changed(JobWrite write, Job job, StoredVersion stored)
    {
        var row = job.Snapshot;
        return
        [
            ("id", SqliteJobRow.Text(write.Id)),
            ("expected", stored.Version),
            ("write_id", SqliteJobRow.Text(write.WriteId)),
            ("status", row.Status.Word),
            ("updated_at", Time(row.UpdatedAt)),
            ("started_at", Time(row.StartedAt)),
            ("completed_at", Time(row.CompletedAt)),
            ("expires_at", Time(row.ExpiresAt)),
            ("heartbeat_at", Time(row.HeartbeatAt)),
            ("due_at", Time(job.DueAt)),
            ("ttft_ns", row.TtftNs),
            ("total_duration_ns", row.TotalDurationNs),
            ("stop_reason", row.StopReason),
            ("source_id", JobJson.SourceId(write.Metadata)),
            ("last_updated_by_id", row.LastUpdatedById),
            ("error", JobJson.Of(row.Error)),
            ("progress", JobJson.Of(row.Progress)),
            ("callback", JobJson.Of(StoredCallback.Of(job))),
            ("history", JobJson.Of(row.History)),
            ("metadata", write.Metadata),
            ("batch_id", Batch(job)),
        ];
    }

    private static string? Batch(Job job) => job.BatchId is { } batch ? SqliteJobRow.Text(batch.Value) : null;

    private static long? Time(DateTimeOffset? time) => time is { } moment ? SqliteJobRow.Microseconds(moment) : null;
}
