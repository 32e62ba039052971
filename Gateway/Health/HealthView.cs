namespace JobTracker.Gateway.Health;

/// <summary>How the process is.</summary>
/// <param name="Status">`ok`, or `unavailable` with a 503.</param>
/// <param name="Cause">Why it is unavailable, in a sentence for people; null where it is `ok`.</param>
internal sealed record HealthView(string Status, string? Cause);
