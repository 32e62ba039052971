using System.Text.Json.Serialization;

namespace JobTracker.Tests.Processes;

/// <summary>What these tests look at in the callback of a job.</summary>
internal sealed record SeenCallback(
    [property: JsonPropertyName("callback_attempts")] int Attempts,
    [property: JsonPropertyName("callback_next_attempt_at")] DateTimeOffset? NextAttemptAt,
    [property: JsonPropertyName("callback_delivered_at")] DateTimeOffset? DeliveredAt);
