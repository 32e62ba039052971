namespace JobTracker.Pages.Doors;

/// <summary>Why something did not work, for whoever looks: never a stack trace.</summary>
/// <param name="Title">What kind of trouble it is.</param>
/// <param name="Detail">What is wrong this time.</param>
/// <param name="Status">What HTTP would answer.</param>
/// <param name="TraceId">Finds the attempt in logs and traces; null: there is none.</param>
public sealed record PageFault(string Title, string Detail, int Status, string? TraceId = null);

/// <summary>A door could not be gone through.</summary>
public sealed class PageFaultException(PageFault fault, Exception? cause = null) : Exception(fault.Detail, cause)
{
    /// <summary>What to show.</summary>
    public PageFault Fault { get; } = fault;
}
