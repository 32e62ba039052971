namespace JobTracker.Tests.StandIn.Batches;

/// <summary>What was ordered: fixed for the life of a batch.</summary>
public sealed record BatchOrder
{
    public required string Id { get; init; }

    public required Dialect Dialect { get; init; }

    /// <summary>The account. Another key does not see the batch: it gets a 404.</summary>
    public required string ApiKey { get; init; }

    public required IReadOnlyList<BatchItem> Items { get; init; }

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>OpenAI only, e.g. <c>/v1/chat/completions</c>.</summary>
    public string Endpoint { get; init; } = "/v1/chat/completions";

    public string InputFileId { get; init; } = "";

    /// <summary>How long after the order the batch comes to be.</summary>
    public TimeSpan CarriedOutAfter { get; init; }

    public IReadOnlyList<InputError> InputErrors { get; init; } = [];
}
