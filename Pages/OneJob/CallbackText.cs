using JobTracker.Jobs;

namespace JobTracker.Pages.OneJob;

/// <summary>A callback as people read it.</summary>
public static class CallbackText
{
    /// <summary>Where it goes, without what may hold a token: its query and its user.</summary>
    public static string Receiver(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri)
        ? uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) + (uri.Query.Length > 0 ? "?…" : "")
        : "an address that cannot be read";

    /// <summary>How the telling stands: a word of the API's filter, or that it is not due.</summary>
    public static string State(JobSnapshot job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return job.Callback switch
        {
            { DeliveredAt: not null } => "delivered",
            { NextAttemptAt: not null } => "owed",
            { Attempts: > 0 } => "failed",
            _ => "waiting",
        };
    }
}
