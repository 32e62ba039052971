using JobTracker.Operations;

namespace JobTracker.Client.Operations;

/// <summary>A command about an operation changed nothing; <see cref="Outcome"/> says why.</summary>
public sealed class OperationRefusedException : Exception
{
    internal OperationRefusedException(OperationOutcome outcome)
        : base(outcome switch
        {
            OperationOutcome.FilterRequired => "The filter names nothing; All says that every job is meant.",
            OperationOutcome.Invalid invalid => $"{invalid.Field} {invalid.Problem}.",
            OperationOutcome.KeyReused => "The idempotency key was used for something else.",
            OperationOutcome.TooManyMatches matches => $"More than {matches.MaxItems} jobs match.",
            OperationOutcome.TooMany => "As many operations wait as may.",
            OperationOutcome.HasEnded ended => $"The operation is {ended.Status.Word}.",
            OperationOutcome.NotFound => "There is no such operation.",
            _ => outcome.GetType().Name,
        }) => Outcome = outcome;

    /// <summary>Why.</summary>
    public OperationOutcome Outcome { get; }
}
