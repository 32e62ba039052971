using JobTracker.Tests.StandIn.Batches;

namespace JobTracker.Tests.StandIn.OpenAi;

/// <summary>An uploaded file: what its lines ask for, and what is wrong with them. The bytes are gone.</summary>
internal sealed record InputFile
{
    public required string Id { get; init; }

    public required string ApiKey { get; init; }

    public required string Name { get; init; }

    public required string Purpose { get; init; }

    public required long Bytes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required IReadOnlyList<BatchItem> Items { get; init; }

    public required IReadOnlyList<InputError> Errors { get; init; }
}
