using System.Collections.Immutable;
using JobTracker.Grains.Callbacks.Sending;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Identity;
using JobTracker.Jobs;
using JobTracker.Jobs.Tags;

namespace JobTracker.Grains.Jobs.Rules;

/// <summary>What a create may not ask for; fields in the words of the HTTP API.</summary>
internal static class CreateRules
{
    public static Refusal? Problem(JobId id, CreateJob command, Act act, JobLimits limits, CallbackAddressRules addresses) =>
        Invalid("id", OrderedId.IsOurs(id.Value) ? SkewProblem(id, act, limits) : "must hold a UUID v7: the id is the order of creation")
        ?? Invalid("job_type", WordRules.JobTypeProblem(command.JobType))
        ?? Invalid("status", JobLifecycle.PathTo(command.Status).IsEmpty ? "a new job is created, pending or running" : null)
        ?? Invalid("metadata", command.Metadata is { } metadata ? JsonRules.MetadataProblem(metadata, limits) : null)
        ?? Invalid("request_config", command.RequestConfig is { } config
            ? JsonRules.Problem(config, limits.MetadataBytes, limits.MetadataDepth)
            : null)
        ?? Invalid("expires_at", command.ExpiresAt <= act.At ? "must be in the future" : null)
        ?? Invalid("timeout_seconds", TimeoutProblem(command.Timeout, limits))
        ?? Invalid("heartbeat_timeout_seconds", TimeoutProblem(command.HeartbeatTimeout, limits))
        ?? Invalid("callback_url", UrlProblem(command.CallbackUrl, limits, addresses))
        ?? Invalid("callback_events", EventsProblem(command.CallbackUrl, command.CallbackEvents))
        ?? Invalid("tags", JobTags.Problem(command.Tags, limits))
        ?? Invalid("idempotency_key", KeyRules.Problem(command.IdempotencyKey, command.Fingerprint, limits));

    /// <summary>Whether the command has a key that a job may be found by.</summary>
    public static bool HasKey(CreateJob command, JobLimits limits) =>
        command.IdempotencyKey is { } key && KeyRules.Problem(key, command.Fingerprint, limits) is null;

    private static Refusal.InvalidField? Invalid(string field, string? problem) => problem is null ? null : new(field, problem);

    /// <summary>An id of this process goes on from the last, also where the clock was set back since.</summary>
    private static string? SkewProblem(JobId id, Act act, JobLimits limits) =>
        act.At - id.CreatedAt > limits.ClockSkew || id.CreatedAt - act.Latest > limits.ClockSkew
            ? $"was made at {id.CreatedAt:O} by its maker's clock, {act.At:O} by the service's: set the clocks"
            : null;

    private static string? TimeoutProblem(TimeSpan? timeout, JobLimits limits) => timeout switch
    {
        null => null,
        { } span when span < TimeSpan.FromSeconds(1) || span > limits.LongestTimeout =>
            $"must be 1 to {limits.LongestTimeout.TotalSeconds:0} seconds",
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerSecond != 0 => "must be whole seconds",
        _ => null,
    };

    private static string? UrlProblem(string? url, JobLimits limits, CallbackAddressRules addresses) => url switch
    {
        null => null,
        { Length: var length } when length > limits.UrlLength => $"is longer than {limits.UrlLength} characters",
        _ => addresses.Refuse(url),
    };

    private static string? EventsProblem(string? url, ImmutableArray<JobStatus>? events) => events switch
    {
        null => null,
        _ when url is null => "needs a callback_url",
        { IsDefaultOrEmpty: true } => "must not be empty",
        { } some when some.Any(status => !status.IsTerminal) => "takes completed, failed, cancelled and expired",
        { } some when some.Distinct().Count() != some.Length => "names a status twice",
        _ => null,
    };
}
