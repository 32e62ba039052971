namespace JobTracker.Gateway.Health;

/// <summary>How the process is.</summary>
/// <param name="Status">`ok`, or `unavailable` with a 503.</param>
internal sealed record HealthView(string Status);
