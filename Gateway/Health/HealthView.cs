namespace JobTracker.Gateway.Health;

/// <summary>How the process is.</summary>
/// <param name="Status">`ok`, or `unavailable` with a 503.</param>
/// <param name="Cause">Why it is unavailable; null where nothing is known of it.</param>
internal sealed record HealthView(string Status, string? Cause = null);
