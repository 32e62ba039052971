namespace JobTracker.Client;

/// <summary>How a worker enters a job's work.</summary>
public sealed record RunOptions
{
    /// <summary>
    /// Also runs a job that is running already. For a caller who knows that the worker before it is gone (the same one restarted);
    /// otherwise a job would be worked on twice.
    /// </summary>
    public bool TakeOver { get; init; }
}
