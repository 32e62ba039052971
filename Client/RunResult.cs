using JobTracker.Jobs;

namespace JobTracker.Client;

/// <summary>How a job stands after its work returned.</summary>
/// <param name="Job">The job as it ended; the last one seen where it was deleted.</param>
public sealed record RunResult(JobSnapshot Job, RunEnd End)
{
    /// <summary>The job ended as this worker reported it.</summary>
    public bool Won => End == RunEnd.AsReported;
}

/// <summary>Whose word ended a job.</summary>
public enum RunEnd
{
    /// <summary>This worker's report stands.</summary>
    AsReported = 0,

    /// <summary>The job had been ended by another when this worker was done: cancelled, expired, failed by the service.</summary>
    EndedElsewhere = 1,

    /// <summary>The job was deleted meanwhile.</summary>
    Deleted = 2,
}
