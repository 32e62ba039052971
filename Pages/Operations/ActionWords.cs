using JobTracker.Operations;
using JobTracker.Pages.Parts;

namespace JobTracker.Pages.Operations;

/// <summary>What operations do, in words.</summary>
internal static class ActionWords
{
    /// <summary>A heading.</summary>
    public static string Title(OperationAction action) => action switch
    {
        OperationAction.Cancel => "Cancel jobs",
        OperationAction.Delete => "Delete jobs",
        OperationAction.Redeliver => "Send callbacks again",
    };

    /// <summary>What a button does: Cancel 1,200 jobs.</summary>
    public static string Command(OperationAction action, long jobs, bool isLowerBound)
    {
        var many = Many(jobs, isLowerBound);
        return action switch
        {
            OperationAction.Cancel => $"Cancel {many}",
            OperationAction.Delete => $"Delete {many}",
            OperationAction.Redeliver => $"Send callbacks of {many} again",
        };
    }

    /// <summary>What it means.</summary>
    public static string Meaning(OperationAction action) => action switch
    {
        OperationAction.Cancel => "Each job is cancelled, whoever works on it; the worker learns of it when it next reports. "
            + "Jobs that have ended are skipped.",
        OperationAction.Delete => "Each job is removed for good, whatever its status, and its history with it. Nothing brings it back.",
        OperationAction.Redeliver => "Receivers are told once more how each job ended. Jobs that have no callback to send are skipped.",
    };

    /// <summary>Why jobs were left as they were.</summary>
    public static string Skipped(string reason) => reason switch
    {
        "already_ended" => "had ended already",
        "job_follows_batch" => "follow their batch",
        "no_longer_matches" => "did not match any more",
        "not_found" => "were gone",
        "nothing_to_redeliver" => "had no callback to send",
        _ => reason,
    };

    /// <summary>1 job, 1,200 jobs, at least 10,000 jobs.</summary>
    public static string Many(long jobs, bool isLowerBound) =>
        $"{(isLowerBound ? "at least " : "")}{Words.Of(jobs)} {(jobs == 1 && !isLowerBound ? "job" : "jobs")}";
}
