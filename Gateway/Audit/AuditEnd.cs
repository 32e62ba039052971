using System.Globalization;
using JobTracker.Audit;
using JobTracker.Gateway.Problems;

namespace JobTracker.Gateway.Audit;

/// <summary>How an action ended, by what its caller is told: the two must not differ.</summary>
internal readonly record struct AuditEnd(AuditOutcome Outcome, string? Reason)
{
    private const string Cancelled = "cancelled";

    public static AuditEnd Of(IResult result) => result switch
    {
        ProblemResult { Problem: var problem } => Of(problem.Kind),
        IStatusCodeHttpResult { StatusCode: >= 500 and var status } => new(AuditOutcome.Unknown, Word(status)),
        IStatusCodeHttpResult { StatusCode: >= 400 and var status } => new(AuditOutcome.Refused, Word(status)),
        _ => new(AuditOutcome.Succeeded, Reason: null),
    };

    /// <summary>A call that was given up, or a fault that nobody foresaw, may have happened before or after the change.</summary>
    public static AuditEnd Of(Exception fault) => fault is OperationCanceledException
        ? new(AuditOutcome.Unknown, Cancelled)
        : Of(ProblemMap.Of(fault, isCommand: true, job: null).Kind);

    /// <summary>Of the server's own problems these alone say that nothing was changed.</summary>
    private static AuditEnd Of(ProblemKind kind)
    {
        var isUndone = kind.Status < 500 || kind == ProblemKind.StorageUnavailable || kind == ProblemKind.ClusterUnavailable
            || kind == ProblemKind.Overloaded;
        return new(isUndone ? AuditOutcome.Refused : AuditOutcome.Unknown, kind.Code);
    }

    private static string Word(int? status) => string.Create(CultureInfo.InvariantCulture, $"status_{status}");
}
