using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.OpenApi;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests.Bodies;
using JobTracker.Jobs;

namespace JobTracker.Gateway.Jobs;

// The properties name and document the fields, Read reads them.
/// <summary>What a job is made of; everything is optional.</summary>
internal sealed record CreateJobBody
{
    /// <summary>What silos take unless their <c>Limits:LongestTimeout</c> says otherwise; it is theirs to decide.</summary>
    private const long LongestTimeoutSeconds = 30 * 24 * 60 * 60;

    /// <summary>More than any silo takes, and no more than a <see cref="TimeSpan"/> can hold.</summary>
    private const long MostSeconds = 100L * 365 * 24 * 60 * 60;

    private static readonly FrozenSet<string> Names = JsonFields.NamesOf(GatewayJson.Wire.CreateJobBody);

    /// <summary>job (the default), run, batch, or another word of your own.</summary>
    [RegularExpression("^[a-z][a-z0-9_.-]{0,63}$")]
    public string? JobType { get; init; }

    /// <summary>created (the default), pending or running.</summary>
    public JobStatus? Status { get; init; }

    /// <summary>Whatever you want to keep with the job; at most 64 KiB and 32 levels.</summary>
    public RawJson? Metadata { get; init; }

    /// <summary>What the work was asked to do; at most 64 KiB and 32 levels.</summary>
    public RawJson? RequestConfig { get; init; }

    /// <summary>Whether the work runs in the background: lists can ask for it. False unless given.</summary>
    public bool? Background { get; init; }

    /// <summary>The job that this one belongs to.</summary>
    [RegularExpression(Ids.JobPattern)]
    public string? ParentId { get; init; }

    /// <summary>
    /// Whether the job is a group: others name it as their parent_id, and it ends by itself when it is sealed and none of them is open.
    /// </summary>
    public bool? Group { get; init; }

    /// <summary>What a child of the group that failed or expired means for its open ones; continue unless given.</summary>
    [AllowedValues("continue", "cancel")]
    public string? OnChildFailure { get; init; }

    /// <summary>In the future; a job that has not ended by then is expired.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>How long the job may run: 1 to 2,592,000 seconds.</summary>
    [Range(1, LongestTimeoutSeconds)]
    public long? TimeoutSeconds { get; init; }

    /// <summary>How long a running job may go without a sign of life: 1 to 2,592,000 seconds.</summary>
    [Range(1, LongestTimeoutSeconds)]
    public long? HeartbeatTimeoutSeconds { get; init; }

    /// <summary>Where to POST the end of the job: http or https, at most 2,048 characters.</summary>
    [Url]
    public string? CallbackUrl { get; init; }

    /// <summary>Terminal statuses; completed and failed unless given.</summary>
    public JobStatus[]? CallbackEvents { get; init; }

    /// <summary>
    /// Words that the job can be listed by, for ever: at most 10, each 1 to 64 of A-Z a-z 0-9 _ . : / @ -, none twice.
    /// </summary>
    [MaxLength(10)]
    public string[]? Tags { get; init; }

    /// <summary>The command that the body asks for; nothing of it holds where an error was noted.</summary>
    public static CreateJob Read(JsonElement body, string path, GatewayLimits limits, RequestErrors errors)
    {
        if (JsonFlaw.Find(body) is { } flaw)
        {
            errors.InBody(path + flaw.Path, flaw.Detail);
            return new CreateJob();
        }
        var fields = new JsonFields(body, path, Names, errors);
        var defaults = new CreateJob();
        return new CreateJob
        {
            JobType = fields.Text("job_type") ?? defaults.JobType,
            Status = fields.Status("status") ?? defaults.Status,
            Metadata = fields.Object("metadata", limits.MetadataBytes, limits.MetadataDepth),
            RequestConfig = fields.Object("request_config", limits.MetadataBytes, limits.MetadataDepth),
            Background = fields.Flag("background") ?? defaults.Background,
            ParentId = fields.JobId("parent_id"),
            ExpiresAt = fields.Moment("expires_at"),
            Timeout = Seconds(fields, "timeout_seconds"),
            HeartbeatTimeout = Seconds(fields, "heartbeat_timeout_seconds"),
            CallbackUrl = fields.Text("callback_url", limits.UrlLength),
            CallbackEvents = fields.Statuses("callback_events"),
            Tags = fields.Texts("tags"),
            Group = GroupOf(fields),
        };
    }

    private static NewGroup? GroupOf(JsonFields fields)
    {
        var isGroup = fields.Flag("group") ?? false;
        var word = fields.Text("on_child_failure");
        var rule = word is null ? JobTracker.Jobs.OnChildFailure.Continue : JobTracker.Jobs.OnChildFailure.FromWord(word);
        if (rule is null)
            fields.Wrong("on_child_failure", "must be continue or cancel");
        else if (word is not null && !isGroup)
            fields.Wrong("on_child_failure", "is for a group");
        return isGroup && rule is { } known ? new NewGroup(known) : null;
    }

    private static TimeSpan? Seconds(JsonFields fields, string name) =>
        fields.Whole(name, long.MinValue, long.MaxValue) is { } seconds
            ? TimeSpan.FromSeconds(Math.Clamp(seconds, -MostSeconds, MostSeconds))
            : null;
}
