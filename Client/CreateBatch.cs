using System.Collections.Immutable;
using JobTracker.Batches;
using JobTracker.Jobs;

namespace JobTracker.Client;

/// <summary>What a batch is made of, beside its items.</summary>
public sealed record CreateBatch
{
    /// <summary>The name of a configured account.</summary>
    public required string Provider { get; init; }

    /// <summary>A path such as <c>/v1/chat/completions</c>; required by openai, refused elsewhere.</summary>
    public string? Endpoint { get; init; }

    /// <summary>A JSON object, at most 64 KiB and 32 levels. It goes into the batch and its job, not to the provider.</summary>
    public string? Metadata { get; init; }

    /// <summary>Of the batch's job.</summary>
    public string? CallbackUrl { get; init; }

    /// <summary>Terminal statuses; null means completed and failed. Refused without a URL.</summary>
    public ImmutableArray<JobStatus>? CallbackEvents { get; init; }

    /// <summary>
    /// 1 to 255 characters: a later call with the same key and the same items gives the same batch. Without one, each call makes one batch.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    internal BeginBatch Begin => new()
    {
        Provider = Provider,
        Endpoint = Endpoint,
        Metadata = Metadata,
        CallbackUrl = CallbackUrl,
        CallbackEvents = CallbackEvents,
    };
}
