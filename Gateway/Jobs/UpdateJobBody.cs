using System.Collections.Frozen;
using System.Text.Json;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.Requests;
using JobTracker.Jobs;

namespace JobTracker.Gateway.Jobs;

/// <summary>What may change in a job; absent fields stay as they are, null clears. The properties name and document the fields, <see cref="Read"/> reads them.</summary>
internal sealed record UpdateJobBody
{
    private static readonly FrozenSet<string> Names = JsonFields.NamesOf(GatewayJson.Wire.UpdateJobBody);
    private static readonly FrozenSet<string> ErrorNames = JsonFields.NamesOf(GatewayJson.Wire.JobErrorView);
    private static readonly FrozenSet<string> ProgressNames = JsonFields.NamesOf(GatewayJson.Wire.JobProgressView);

    /// <summary>The status to enter; not null. The one it has is no change and no error.</summary>
    public JobStatus? Status { get; init; }

    /// <summary>[a-z][a-z0-9_]{0,63}.</summary>
    public string? StopReason { get; init; }

    public JobErrorView? Error { get; init; }

    /// <summary>Merged into the job's metadata as RFC 7396 says: a null inside removes its key. Not null itself.</summary>
    public RawJson? Metadata { get; init; }

    public JobProgressView? Progress { get; init; }

    /// <summary>Time to the first token, in nanoseconds.</summary>
    public long? TtftNs { get; init; }

    /// <summary>Computed from started_at and completed_at unless given.</summary>
    public long? TotalDurationNs { get; init; }

    /// <summary>In the future; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The command that the body asks for; nothing of it holds where an error was noted.</summary>
    public static UpdateJob Read(JsonElement body, GatewayLimits limits, RequestErrors errors)
    {
        if (JsonFlaw.Find(body) is { } flaw)
        {
            errors.InBody("$" + flaw.Path, flaw.Detail);
            return new UpdateJob();
        }
        var fields = new JsonFields(body, "$", Names, errors);
        return new UpdateJob
        {
            Status = NotNull(fields, "status", fields.Status("status")),
            StopReason = Changed(fields, "stop_reason", fields.Text("stop_reason")),
            Error = Changed(fields, "error", ErrorOf(fields)),
            MetadataPatch = NotNull(fields, "metadata", fields.Object("metadata", limits.MetadataBytes, limits.MetadataDepth)),
            Progress = Changed(fields, "progress", ProgressOf(fields)),
            TtftNs = Changed(fields, "ttft_ns", fields.Whole("ttft_ns", 0, long.MaxValue)),
            TotalDurationNs = Changed(fields, "total_duration_ns", fields.Whole("total_duration_ns", 0, long.MaxValue)),
            ExpiresAt = Changed(fields, "expires_at", fields.Moment("expires_at")),
        };
    }

    private static Change<T> Changed<T>(JsonFields fields, string name, T? value) => fields.Has(name) ? Change.To(value) : default;

    private static T? NotNull<T>(JsonFields fields, string name, T? value)
    {
        if (fields.IsNull(name))
            fields.Wrong(name, "must not be null");
        return value;
    }

    private static JobError? ErrorOf(JsonFields fields)
    {
        if (fields.Nested("error", ErrorNames) is not { } error)
            return null;
        error.Require("code");
        return new JobError(error.Text("code") ?? "", error.Text("message"));
    }

    internal static JobProgress? ProgressOf(JsonFields fields)
    {
        if (fields.Nested("progress", ProgressNames) is not { } progress)
            return null;
        progress.Require("completed");
        return new JobProgress(
            progress.Whole("completed", 0, long.MaxValue) ?? 0,
            progress.Whole("total", 0, long.MaxValue),
            progress.Text("message"));
    }
}
