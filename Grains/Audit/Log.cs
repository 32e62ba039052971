using Microsoft.Extensions.Logging;

namespace JobTracker.Grains.Audit;

/// <summary>What the keeping of audit events has to say. Event ids 3200 to 3299. Nothing of an event.</summary>
internal static partial class Log
{
    [LoggerMessage(3200, LogLevel.Information, "{Removed} audit events were removed: they had been kept for {Retention}")]
    public static partial void EventsRemoved(this ILogger log, int removed, TimeSpan retention);

    [LoggerMessage(3201, LogLevel.Warning, "Audit events that had been kept for long enough could not be removed; they are looked for again")]
    public static partial void EventsNotRemoved(this ILogger log, Exception problem);
}
