using System.Collections.Immutable;
using System.Text.Json.Serialization;
using JobTracker.Jobs;

namespace JobTracker.Gateway.Problems;

/// <summary>An error answer, as RFC 9457 shapes it. What belongs to some codes comes with them alone.</summary>
internal sealed record Problem
{
    /// <summary>Ours may be this long, with what it repeats of the request, which is cut before.</summary>
    private const int LongestDetail = 3 * Echo.MostCharacters;

    public Problem(ProblemKind kind, string detail)
    {
        Kind = kind;
        Detail = Echo.Cut(detail, LongestDetail);
    }

    [JsonIgnore] public ProblemKind Kind { get; }

    /// <summary>Sent as <c>WWW-Authenticate</c> (RFC 6750, 3); null: how somebody signed in is not what is wrong.</summary>
    [JsonIgnore] public string? Challenge { get; init; }

    /// <summary>Sent as <c>Retry-After</c> where the kind alone does not say it.</summary>
    [JsonIgnore] public int? RetryAfterSeconds { get => field ?? Kind.RetryAfterSeconds; init; }

    /// <summary>A stable URI of the kind of problem.</summary>
    public string Type => Kind.Type;

    /// <summary>The same words for every occurrence.</summary>
    public string Title => Kind.Title;

    /// <summary>The HTTP status.</summary>
    public int Status => Kind.Status;

    /// <summary>What is wrong this time.</summary>
    public string Detail { get; init; }

    /// <summary>The path that was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Instance { get; init; }

    /// <summary>What programs branch on; it never changes.</summary>
    public string Code => Kind.Code;

    /// <summary>Finds the request in logs and traces.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceId { get; init; }

    /// <summary>What is wrong with the request, one entry a place; 50 at most.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RequestError>? Errors { get; init; }

    /// <summary>How many errors there are besides those that are listed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MoreErrors { get; init; }

    /// <summary>transition_not_allowed, job_has_ended, nothing_to_redeliver and their like: where the job or the batch stands.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JobStatus? From { get; init; }

    /// <summary>transition_not_allowed: where it was asked to go.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JobStatus? To { get; init; }

    /// <summary>transition_not_allowed: where it can go; empty once it has ended.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<JobStatus>? Allowed { get; init; }

    /// <summary>Why the job ended.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StopReason { get; init; }

    /// <summary>job_has_ended: the fields that cannot change any more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? Fields { get; init; }

    /// <summary>version_mismatch: the version in If-Match; absent where it was no version at all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ExpectedVersion { get; init; }

    /// <summary>version_mismatch: the job's version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ActualVersion { get; init; }

    /// <summary>outcome_unknown: the job to read.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? JobId { get; init; }

    /// <summary>outcome_unknown: the batch to read; job_follows_batch: the batch whose job it is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? BatchId { get; init; }

    /// <summary>job_follows_batch: where a POST cancels the batch, and the job with it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CancelUrl { get; init; }

    /// <summary>The line of a JSONL body that is wrong, from 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Line { get; init; }

    /// <summary>too_many_items, batch_too_large: how much the provider takes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Limit { get; init; }
}
