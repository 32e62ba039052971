using System.Text.Json.Serialization;

namespace JobTracker.Tests.Processes;

internal sealed record SeenStats(long Total, [property: JsonPropertyName("by_status")] Dictionary<string, long> ByStatus);
