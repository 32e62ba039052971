using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests.Bodies;
using JobTracker.Jobs;

namespace JobTracker.Gateway.Jobs;

// The properties name and document the fields, Read reads them.
/// <summary>What may change in a job; absent fields stay as they are, null clears.</summary>
internal sealed record UpdateJobBody
{
    private static readonly FrozenSet<string> Names = JsonFields.NamesOf(GatewayJson.Wire.UpdateJobBody);
    private static readonly FrozenSet<string> ErrorNames = JsonFields.NamesOf(GatewayJson.Wire.JobErrorBody);
    private static readonly FrozenSet<string> ProgressNames = JsonFields.NamesOf(GatewayJson.Wire.JobProgressBody);

    /// <summary>The status to enter. The one that the job has is no change and no error.</summary>
    [DisallowNull]
    public JobStatus? Status { get; init; }

    /// <summary>Why the job stopped.</summary>
    [RegularExpression(CancelJobBody.StopReasonPattern)]
    public string? StopReason { get; init; }

    /// <summary>What went wrong.</summary>
    public JobErrorBody? Error { get; init; }

    /// <summary>Merged into the job's metadata as RFC 7396 says: a null inside removes its key.</summary>
    [DisallowNull]
    public RawJson? Metadata { get; init; }

    /// <summary>How far the work has come.</summary>
    public JobProgressBody? Progress { get; init; }

    /// <summary>Time to the first token, in nanoseconds.</summary>
    [Range(typeof(long), "0", "9223372036854775807")]
    public long? TtftNs { get; init; }

    /// <summary>Computed from started_at and completed_at unless given.</summary>
    [Range(typeof(long), "0", "9223372036854775807")]
    public long? TotalDurationNs { get; init; }

    /// <summary>In the future; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>true seals a group: it takes no more children. Nothing opens it again.</summary>
    [DisallowNull]
    public bool? Sealed { get; init; }

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
            Seal = IsSealed(fields),
        };
    }

    private static bool IsSealed(JsonFields fields)
    {
        var isSealed = fields.Flag("sealed");
        if (fields.IsNull("sealed") || isSealed is false)
            fields.Wrong("sealed", "must be true: what is sealed is not opened again");
        return isSealed is true;
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

/// <summary>What went wrong, in the worker's words.</summary>
internal sealed record JobErrorBody
{
    /// <summary>What programs branch on.</summary>
    public required string Code { get; init; }

    /// <summary>What people read.</summary>
    public string? Message { get; init; }
}

/// <summary>How far the work has come, in a unit of the worker's own.</summary>
internal sealed record JobProgressBody
{
    /// <summary>How much is done.</summary>
    [Range(typeof(long), "0", "9223372036854775807")]
    public required long Completed { get; init; }

    /// <summary>How much there is, where it is known.</summary>
    [Range(typeof(long), "0", "9223372036854775807")]
    public long? Total { get; init; }

    /// <summary>What people read.</summary>
    public string? Message { get; init; }
}
