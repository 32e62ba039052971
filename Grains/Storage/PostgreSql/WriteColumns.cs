using JobTracker.Grains.Batches.Providers.Http.Json;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Jobs;
using static NpgsqlTypes.NpgsqlDbType;

namespace JobTracker.Grains.Storage.PostgreSql;

/// <summary>The parameters of save_jobs, for new, changed and removed rows.</summary>
internal static class WriteColumns
{
    public static readonly WriteColumn[] New =
    [
        WriteColumn.Of("new_id", Uuid, write => write.Id.Value),
        WriteColumn.Of("new_write_id", Uuid, write => write.WriteId),
        WriteColumn.Of("new_organization_id", Text, write => Row(write).OrganizationId),
        WriteColumn.Of("new_user_id", Text, write => Row(write).UserId),
        WriteColumn.Of("new_job_type", Text, write => Row(write).JobType),
        WriteColumn.Of("new_status", Text, write => Row(write).Status.Word),
        WriteColumn.Of("new_background", NpgsqlTypes.NpgsqlDbType.Boolean, write => Row(write).Background),
        WriteColumn.Of("new_created_at", TimestampTz, write => Row(write).CreatedAt),
        WriteColumn.Of("new_updated_at", TimestampTz, write => Row(write).UpdatedAt),
        WriteColumn.Of("new_started_at", TimestampTz, write => Row(write).StartedAt),
        WriteColumn.Of("new_expires_at", TimestampTz, write => Row(write).ExpiresAt),
        WriteColumn.Of("new_due_at", TimestampTz, write => write.Next!.DueAt),
        WriteColumn.Of("new_timeout_seconds", Integer, write => Seconds(Row(write).Timeout)),
        WriteColumn.Of("new_heartbeat_timeout_seconds", Integer, write => Seconds(Row(write).HeartbeatTimeout)),
        WriteColumn.Of("new_parent_id", Uuid, write => Row(write).ParentId?.Value),
        WriteColumn.Of("new_source_id", Text, write => JobJson.SourceId(Row(write).Metadata)),
        WriteColumn.Of("new_idempotency_key", Text, write => write.Next!.IdempotencyKey),
        WriteColumn.Of("new_fingerprint", Text, write => write.Next!.Fingerprint),
        WriteColumn.Of("new_callback", Json, write => JobJson.Of(StoredCallback.Of(write.Next!))),
        WriteColumn.Of("new_history", Json, write => JobJson.Of(Row(write).History)),
        WriteColumn.Of("new_metadata", Json, write => Row(write).Metadata),
        WriteColumn.Of("new_request_config", Json, write => Row(write).RequestConfig),
        WriteColumn.Of("new_batch_id", Uuid, write => write.Next!.BatchId?.Value),
    ];

    public static readonly WriteColumn[] Changed =
    [
        WriteColumn.Of("id", Uuid, write => write.Id.Value),
        WriteColumn.Of("expected", Bigint, write => write.Stored!.Value.Version),
        WriteColumn.Of("write_id", Uuid, write => write.WriteId),
        WriteColumn.Of("old_status", Text, write => write.Stored!.Value.Status.Word),
        WriteColumn.Of("status", Text, write => Row(write).Status.Word),
        WriteColumn.Of("updated_at", TimestampTz, write => Row(write).UpdatedAt),
        WriteColumn.Of("started_at", TimestampTz, write => Row(write).StartedAt),
        WriteColumn.Of("completed_at", TimestampTz, write => Row(write).CompletedAt),
        WriteColumn.Of("expires_at", TimestampTz, write => Row(write).ExpiresAt),
        WriteColumn.Of("heartbeat_at", TimestampTz, write => Row(write).HeartbeatAt),
        WriteColumn.Of("due_at", TimestampTz, write => write.Next!.DueAt),
        WriteColumn.Of("ttft_ns", Bigint, write => Row(write).TtftNs),
        WriteColumn.Of("total_duration_ns", Bigint, write => Row(write).TotalDurationNs),
        WriteColumn.Of("stop_reason", Text, write => Row(write).StopReason),
        WriteColumn.Of("source_id", Text, write => JobJson.SourceId(write.Metadata)),
        WriteColumn.Of("last_updated_by_id", Text, write => Row(write).LastUpdatedById),
        WriteColumn.Of("error", Json, write => JobJson.Of(Row(write).Error)),
        WriteColumn.Of("progress", Json, write => JobJson.Of(Row(write).Progress)),
        WriteColumn.Of("callback", Json, write => JobJson.Of(StoredCallback.Of(write.Next!))),
        WriteColumn.Of("history", Json, write => JobJson.Of(Row(write).History)),
        WriteColumn.Of("metadata", Json, write => write.Metadata),
        WriteColumn.Of("batch_id", Uuid, write => write.Next!.BatchId?.Value),
    ];

    public static readonly WriteColumn[] Removed =
    [
        WriteColumn.Of("removed_id", Uuid, write => write.Id.Value),
        WriteColumn.Of("removed_expected", Bigint, write => write.Stored!.Value.Version),
    ];

    private static JobSnapshot Row(JobWrite write) => write.Next!.Snapshot;

    private static int? Seconds(TimeSpan? span) => (int?)span?.TotalSeconds;
}
