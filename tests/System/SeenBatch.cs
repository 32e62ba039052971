using System.Text.Json.Serialization;

namespace JobTracker.Tests.Processes;

/// <summary>What these tests look at in a batch.</summary>
internal sealed record SeenBatch(
    string Id, [property: JsonPropertyName("job_id")] string JobId, string Status, string Phase, SeenBatchCounts Counts);

internal sealed record SeenBatchCounts(long Total, long Pending, long Completed);
