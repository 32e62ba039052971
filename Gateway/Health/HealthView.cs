namespace JobTracker.Gateway.Health;

/// <param name="Status"><c>ok</c>, or <c>unavailable</c> with a 503.</param>
internal sealed record HealthView(string Status);
