using JobTracker.Batches;
using JobTracker.Grains.Jobs.Callbacks;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Storage.Groups;
using JobTracker.Grains.Storage.Sql;
using JobTracker.Jobs;
using JobTracker.Operations;
using static JobTracker.Grains.Storage.Sql.ColumnKind;
using Column = JobTracker.Grains.Storage.Sql.Column<JobTracker.Grains.Storage.Jobs.JobWrite>;

namespace JobTracker.Grains.Storage.Jobs;

/// <summary>
/// The columns of jobs, for both engines: what each is called, holds and is taken from, and, below, what is read from it. The texts of
/// jobs.sql have places for their names.
/// </summary>
internal static class JobColumns
{
    private const ColumnUse Fixed = ColumnUse.Read | ColumnUse.New;
    private const ColumnUse Changing = Fixed | ColumnUse.Set;
    private const ColumnUse Later = ColumnUse.Read | ColumnUse.Set;

    private static readonly ColumnList<JobWrite> List = new();

    private static readonly Column RowId = List.Add("id", Id, Fixed | ColumnUse.Given, write => write.Id.Value);
    private static readonly Column Version = List.Add("version", Number, ColumnUse.Read, write => Row(write).Version);
    private static readonly Column Organization = List.Add("organization_id", Text, Fixed, write => Row(write).OrganizationId);
    private static readonly Column User = List.Add("user_id", Text, Fixed, write => Row(write).UserId);
    private static readonly Column JobType = List.Add("job_type", Text, Fixed, write => Row(write).JobType);
    private static readonly Column Status = List.Add("status", Text, Changing, write => Row(write).Status.Word);
    private static readonly Column Background = List.Add("background", Flag, Fixed, write => Row(write).Background);
    private static readonly Column CreatedAt = List.Add("created_at", Time, Fixed, write => Row(write).CreatedAt);
    private static readonly Column UpdatedAt = List.Add("updated_at", Time, Changing, write => Row(write).UpdatedAt);
    private static readonly Column StartedAt = List.Add("started_at", Time, Changing, write => Row(write).StartedAt);
    private static readonly Column CompletedAt = List.Add("completed_at", Time, Later, write => Row(write).CompletedAt);
    private static readonly Column ExpiresAt = List.Add("expires_at", Time, Changing, write => Row(write).ExpiresAt);
    private static readonly Column HeartbeatAt = List.Add("heartbeat_at", Time, Later, write => Row(write).HeartbeatAt);
    private static readonly Column DueAt = List.Add("due_at", Time, Changing, write => write.Next!.DueAt);
    private static readonly Column Timeout = List.Add("timeout_seconds", Integer, Fixed, write => Seconds(Row(write).Timeout));
    private static readonly Column HeartbeatTimeout =
        List.Add("heartbeat_timeout_seconds", Integer, Fixed, write => Seconds(Row(write).HeartbeatTimeout));
    private static readonly Column Ttft = List.Add("ttft_ns", Number, Later, write => Row(write).TtftNs);
    private static readonly Column TotalDuration = List.Add("total_duration_ns", Number, Later, write => Row(write).TotalDurationNs);
    private static readonly Column Parent = List.Add("parent_id", Id, Fixed, write => Row(write).ParentId?.Value);
    private static readonly Column StopReason = List.Add("stop_reason", Text, Later, write => Row(write).StopReason);
    private static readonly Column Key = List.Add("idempotency_key", Text, Fixed, write => write.Next!.IdempotencyKey);
    private static readonly Column Fingerprint = List.Add("fingerprint", Text, Fixed, write => write.Next!.Fingerprint);
    private static readonly Column CreatedBy = List.Add("created_by_id", Text, ColumnUse.Read, write => Row(write).CreatedById);
    private static readonly Column UpdatedBy = List.Add("last_updated_by_id", Text, Later, write => Row(write).LastUpdatedById);
    private static readonly Column Error = List.Add("error", Json, Later, write => JobJson.Of(Row(write).Error));
    private static readonly Column Progress = List.Add("progress", Json, Later, write => JobJson.Of(Row(write).Progress));
    private static readonly Column Callback = List.Add("callback", Json, Changing, write => JobJson.Of(StoredCallback.Of(write.Next!)));
    private static readonly Column History = List.Add("history", Json, Changing, write => JobJson.Of(Row(write).History));
    private static readonly Column Metadata = List.Add("metadata", Json, Fixed | ColumnUse.Given, write => write.Metadata);
    private static readonly Column RequestConfig = List.Add("request_config", Json, Fixed, write => Row(write).RequestConfig);
    private static readonly Column Batch = List.Add("batch_id", Id, Changing, write => write.Next!.BatchId?.Value);
    private static readonly Column Tags = List.Add("tags", Text, Fixed, write => JobTagText.Of(Row(write).Tags));

    private static readonly Column Group = List.Add("group_state", Text, Changing, write => GroupStates.Of(Row(write).Group));
    private static readonly Column FailureRule =
        List.Add("on_child_failure", Text, Fixed, write => Row(write).Group?.OnChildFailure.Word);
    private static readonly Column RetryOf = List.Add("retry_of", Id, Fixed, write => Row(write).RetryOf?.Value);
    private static readonly Column Attempt = List.Add("attempt", Integer, Fixed, write => (int?)Row(write).Attempt);
    private static readonly Column RetriedBy = List.Add("retried_by", Id, Later, write => Row(write).RetriedBy?.Value);
    private static readonly Column Operation = List.Add("operation_id", Id, Later, write => write.Next!.OperationId?.Value);

    /// <summary>Not read: the write's own mark, what lists ask for, what guards a change, what it takes from the counts and
    /// what it tells of a receiver.</summary>
    private static readonly Column[] Unread =
    [
        List.Add("write_id", Id, ColumnUse.New | ColumnUse.Set, write => write.WriteId),
        List.Add("source_id", Text, ColumnUse.New | ColumnUse.Given, write => JobJson.SourceId(write.Metadata)),
        List.Add("expected", Number, ColumnUse.Given, write => write.Stored!.Value.Version),
        List.Add("old_status", Text, ColumnUse.Given, write => write.Stored!.Value.Status.Word),
        List.Add("told_host", Text, ColumnUse.Given, write => write.Told?.Host),
        List.Add("told_at", Time, ColumnUse.Given, write => write.Told?.At),
        List.Add("told_error", Text, ColumnUse.Given, write => write.Told?.Error),
    ];

    /// <summary>The parameters of a new row, of a changed and of a removed one.</summary>
    public static readonly Column[] New = List.For(ColumnUse.New);
    public static readonly Column[] Changed = List.For(ColumnUse.Set | ColumnUse.Given);
    public static readonly Column[] Removed = [RowId, Unread.Single(column => column.Name == "expected")];

    /// <summary>How many are read; what a query adds stands behind them.</summary>
    public static readonly int Width = List.For(ColumnUse.Read).Length;

    /// <summary>As a select lists them.</summary>
    public static readonly string Names = List.Text(ColumnUse.Read, name => name);

    /// <summary>The places of jobs.sql.</summary>
    /// <param name="parameter">Before the name of a new row's parameter.</param>
    /// <param name="given">Before the name of what a change is given.</param>
    public static Dictionary<string, string> Places(string parameter, string given) => new(StringComparer.Ordinal)
    {
        ["job_columns"] = Names,
        ["new_columns"] = List.Text(ColumnUse.New, name => name),
        ["new_values"] = List.Text(ColumnUse.New, name => parameter + name),
        ["changed_columns"] = List.Text(ColumnUse.Set | ColumnUse.Given, name => name),
        ["changed_values"] = List.Text(ColumnUse.Set | ColumnUse.Given, name => $"@{name}"),
        ["set_columns"] = List.Text(ColumnUse.Set, name => $"{name} = {given}{name}"),
    };

    public static Job Read(SqlRow row)
    {
        var callback = ReadCallback(row);
        return new Job
        {
            Snapshot = ReadSnapshot(row, callback),
            DueAt = row.TimeOrNull(DueAt),
            IdempotencyKey = row.TextOrNull(Key),
            Fingerprint = row.TextOrNull(Fingerprint),
            CallbackLog = callback?.Log() ?? CallbackLog.Empty,
            BatchId = row.IdOrNull(Batch) is { } batch ? new BatchId(batch) : null,
            OperationId = row.IdOrNull(Operation) is { } operation ? new OperationId(operation) : null,
        };
    }

    public static JobSnapshot ReadSnapshot(SqlRow row) => ReadSnapshot(row, ReadCallback(row));

    private static JobSnapshot ReadSnapshot(SqlRow row, StoredCallback? callback) => new()
    {
        Id = new JobId(row.Id(RowId)),
        Version = row.Number(Version),
        OrganizationId = row.Text(Organization),
        UserId = row.Text(User),
        JobType = row.Text(JobType),
        Status = JobStatus.FromWord(row.Text(Status))!.Value,
        Background = row.Flag(Background),
        CreatedAt = row.Time(CreatedAt),
        UpdatedAt = row.Time(UpdatedAt),
        StartedAt = row.TimeOrNull(StartedAt),
        CompletedAt = row.TimeOrNull(CompletedAt),
        ExpiresAt = row.TimeOrNull(ExpiresAt),
        HeartbeatAt = row.TimeOrNull(HeartbeatAt),
        Timeout = Span(row.IntegerOrNull(Timeout)),
        HeartbeatTimeout = Span(row.IntegerOrNull(HeartbeatTimeout)),
        TtftNs = row.NumberOrNull(Ttft),
        TotalDurationNs = row.NumberOrNull(TotalDuration),
        ParentId = row.IdOrNull(Parent) is { } parent ? new JobId(parent) : null,
        StopReason = row.TextOrNull(StopReason),
        CreatedById = row.Text(CreatedBy),
        LastUpdatedById = row.Text(UpdatedBy),
        Error = JobJson.Error(row.TextOrNull(Error)),
        Progress = JobJson.Progress(row.TextOrNull(Progress)),
        Callback = callback?.Public(),
        History = JobJson.History(row.Text(History)),
        Metadata = row.Text(Metadata),
        RequestConfig = row.TextOrNull(RequestConfig),
        Tags = JobTagText.Read(row.TextOrNull(Tags)),
        Group = GroupStates.Read(row.TextOrNull(Group), row.TextOrNull(FailureRule)),
        RetryOf = row.IdOrNull(RetryOf) is { } retried ? new JobId(retried) : null,
        Attempt = row.IntegerOrNull(Attempt) ?? 1,
        RetriedBy = row.IdOrNull(RetriedBy) is { } retry ? new JobId(retry) : null,
    };

    /// <summary>A row of find_parent.</summary>
    public static ParentRow ReadParent(SqlRow row) =>
        new(row.Id(0), row.Text(1), JobStatus.FromWord(row.Text(2))!.Value, row.TextOrNull(3), row.TextOrNull(4),
            OnChildFailure.FromWord(row.TextOrNull(5)));

    private static StoredCallback? ReadCallback(SqlRow row) => JobJson.Callback(row.TextOrNull(Callback));

    private static JobSnapshot Row(JobWrite write) => write.Next!.Snapshot;

    private static int? Seconds(TimeSpan? span) => (int?)span?.TotalSeconds;

    private static TimeSpan? Span(int? seconds) => seconds is { } some ? TimeSpan.FromSeconds(some) : null;
}
