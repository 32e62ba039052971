using JobTracker.Grains.Jobs.Life;
using JobTracker.Jobs;

namespace JobTracker.Grains.Jobs.Rules;

/// <summary>What an update may not carry, whatever the job's status; fields in the words of the HTTP API.</summary>
internal static class UpdateRules
{
    public static Refusal? Problem(JobSnapshot job, UpdateJob command, Act act, JobLimits limits) =>
        Invalid("stop_reason", command.StopReason is { IsSet: true, Value: { } reason } ? WordRules.StopReasonProblem(reason) : null)
        ?? Invalid("error", command.Error.Value is { } error ? ErrorProblem(error, limits) : null)
        ?? Invalid("progress", command.Progress.Value is { } progress ? ProgressProblem(progress, limits) : null)
        ?? Invalid("metadata", command.MetadataPatch is { } patch ? JsonRules.MetadataProblem(patch, limits) : null)
        ?? Invalid("ttft_ns", command.TtftNs.Value < 0 ? "must not be negative" : null)
        ?? Invalid("total_duration_ns", command.TotalDurationNs.Value < 0 ? "must not be negative" : null)
        ?? Invalid("expires_at", command.ExpiresAt.Value is { } at && at.ToMicroseconds() != job.ExpiresAt && at.ToMicroseconds() <= act.At
            ? "must be in the future"
            : null);

    public static string? ProgressProblem(JobProgress progress, JobLimits limits) => progress switch
    {
        { Completed: < 0 } => "completed must not be negative",
        { Total: { } total } when total < progress.Completed => "total must not be less than completed",
        { Message.Length: var length } when length > limits.ProgressMessageLength =>
            $"message is longer than {limits.ProgressMessageLength} characters",
        { Message: { } message } => WordRules.TextProblem(message),
        _ => null,
    };

    private static Refusal.InvalidField? Invalid(string field, string? problem) => problem is null ? null : new(field, problem);

    private static string? ErrorProblem(JobError error, JobLimits limits) => error switch
    {
        { Code: null or "" } => "needs a code",
        { Code.Length: var length } when length > limits.ErrorCodeLength => $"code is longer than {limits.ErrorCodeLength} characters",
        { Message.Length: var length } when length > limits.ErrorMessageLength =>
            $"message is longer than {limits.ErrorMessageLength} characters",
        _ => WordRules.TextProblem(error.Code) ?? (error.Message is { } message ? WordRules.TextProblem(message) : null),
    };
}
