using JobTracker.Operations;

namespace JobTracker.Gateway.Problems;

/// <summary>Operations.</summary>
internal static partial class ProblemMap
{
    public static Problem InvalidOperationId { get; } = new(
        ProblemKind.InvalidOperationId, "Expected operation- and a UUID in lower case.");

    public static Problem OperationNotFound { get; } = new(
        ProblemKind.OperationNotFound, "There is no operation with this id in your organization.");

    public static Problem FilterRequired { get; } = new(
        ProblemKind.FilterRequired, "An empty filter would mean every job; nothing was begun.");

    public static Problem OperationKeyReused { get; } = new(
        ProblemKind.IdempotencyKeyReused, "An earlier start with this Idempotency-Key had another body.");

    public static Problem TooManyOperations { get; } = new(
        ProblemKind.TooManyOperations, "Nothing was begun: one operation runs, and as many wait as may.");

    public static Problem TooManyMatches(int most) => new(
        ProblemKind.TooManyMatches, $"Nothing was begun: more than {most} jobs match.")
    { Limit = most };

    public static Problem OperationHasEnded(OperationStatus status) => new(
        ProblemKind.OperationHasEnded, $"The operation is {status.Word} and cannot be stopped any more.");
}
