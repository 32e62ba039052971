namespace JobTracker.Tests.StandIn.Batches;

/// <summary>Where a batch stands inside the provider. An Anthropic batch knows only InProgress, Canceling and Ended.</summary>
public enum BatchPhase
{
    Validating,
    InProgress,
    Finalizing,
    Canceling,
    Ended,
}

/// <summary>How an ended batch ended. Only an OpenAI batch can be Failed (its input file was refused).</summary>
public enum BatchEnding
{
    Completed,
    Failed,
    Canceled,
    Expired,
}
