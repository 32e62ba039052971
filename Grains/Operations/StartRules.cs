using JobTracker.Callers;
using JobTracker.Grains.Jobs.Rules;
using JobTracker.Grains.Operations.Life;
using JobTracker.Jobs;
using JobTracker.Operations;

namespace JobTracker.Grains.Operations;

/// <summary>What a start may not ask for, and what it makes; fields in the words of the HTTP API. Pure.</summary>
internal static class StartRules
{
    public static OperationOutcome? Refusal(StartOperation command, JobLimits limits)
    {
        if (command.Filter is { } filter && command.JobIds.IsEmpty && !command.All && FilterText.IsEmpty(filter))
            return new OperationOutcome.FilterRequired();
        return FieldProblem(command, limits) is { } wrong ? new OperationOutcome.Invalid(wrong.Field, wrong.Problem) : null;
    }

    public static Operation Begin(OperationId id, Caller caller, StartOperation command, string fingerprint) => new()
    {
        Snapshot = new OperationSnapshot
        {
            Id = id,
            OrganizationId = caller.OrganizationId,
            Version = 1,
            Status = OperationStatus.Queued,
            Action = command.Action,
            Filter = command.Filter is { } filter ? FilterText.Of(filter) : null,
            JobIds = command.JobIds.Distinct().Count(),
            Reason = command.Reason,
            MaxPerSecond = command.MaxPerSecond,
            CreatedById = caller.UserId,
        },
        Filter = command.Filter,
        LeavesBatches = command.LeavesBatches,
        Named = [.. command.JobIds.Distinct()],
        IdempotencyKey = command.IdempotencyKey,
        Fingerprint = fingerprint,
    };

    private static (string Field, string Problem)? FieldProblem(StartOperation command, JobLimits limits) => command switch
    {
        { Filter: null, JobIds.IsEmpty: true } => ("filter", "or job_ids must say which jobs"),
        { Filter: not null, JobIds.IsEmpty: false } => ("job_ids", "and filter exclude each other"),
        { All: true, Filter: var filter } when filter is null || !FilterText.IsEmpty(filter) =>
            ("filter", "names some jobs, and all as well"),
        { JobIds.Length: > StartOperation.MostJobIds } => ("job_ids", $"must not have more than {StartOperation.MostJobIds} entries"),
        { MaxItems: < 1 or > StartOperation.MostMaxItems } => ("max_items", $"must be 1 to {StartOperation.MostMaxItems}"),
        { MaxPerSecond: < 1 or > StartOperation.MostPerSecond } => ("max_per_second", $"must be 1 to {StartOperation.MostPerSecond}"),
        { Reason.Length: > StartOperation.LongestReason } =>
            ("reason", $"must not have more than {StartOperation.LongestReason} characters"),
        { Reason: { } reason } when WordRules.TextProblem(reason) is { } flaw => ("reason", flaw),
        { IdempotencyKey: { } key } when KeyRules.Problem(key, FilterText.FingerprintOf(command), limits) is { } problem =>
            ("idempotency_key", problem),
        _ => null,
    };
}
