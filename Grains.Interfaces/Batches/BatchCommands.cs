using System.Collections.Immutable;
using JobTracker.Jobs;

namespace JobTracker.Batches;

/// <summary>The command that begins a batch; its items follow in chunks, and nothing is sent before <see cref="SubmitBatch"/>.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.BeginBatch")]
public sealed record BeginBatch
{
    /// <summary>The name of a configured account.</summary>
    [Id(0)] public required string Provider { get; init; }

    /// <summary>A path such as <c>/v1/chat/completions</c>; required by openai, refused elsewhere.</summary>
    [Id(1)] public string? Endpoint { get; init; }

    /// <summary>
    /// A JSON object, at most 64 KiB and 32 levels; null means empty. It goes into the batch and its job, not to the provider.
    /// </summary>
    [Id(2)] public string? Metadata { get; init; }

    /// <summary>Of the batch's job.</summary>
    [Id(3)] public string? CallbackUrl { get; init; }

    /// <summary>Terminal statuses; null means completed and failed. Refused without a URL.</summary>
    [Id(4)] public ImmutableArray<JobStatus>? CallbackEvents { get; init; }
}

/// <summary>One request of a batch.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.NewItem")]
public sealed record NewItem
{
    /// <summary><see cref="JobTracker.Batches.CustomId"/>; once in a batch.</summary>
    [Id(0)] public required string CustomId { get; init; }

    /// <summary>A JSON object in UTF-8; it goes to the provider as it is.</summary>
    [Id(1)] public required byte[] Params { get; init; }

    /// <summary>The job that shall end with the item; of the same organization, else it is left alone.</summary>
    [Id(2)] public JobId? JobId { get; init; }
}

/// <summary>Some items in a row: at most 1,000, and 8 MiB of params unless it is a single one.</summary>
/// <param name="First">How many items were added before, so that a chunk whose answer was lost can be sent again.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.ItemChunk")]
public sealed record ItemChunk([property: Id(0)] long First, [property: Id(1)] ImmutableArray<NewItem> Items)
{
    public const int MaxItems = 1000;
    public const int MaxBytes = 8 * 1024 * 1024;
}

/// <summary>The command that ends the draft: from here on the batch exists for everybody and goes to the provider.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.SubmitBatch")]
public sealed record SubmitBatch
{
    /// <summary>How many items there must be.</summary>
    [Id(0)] public required long ItemCount { get; init; }

    /// <summary>
    /// 1 to 255 characters. One organization's second create under a key makes no second batch, as long as the first one exists.
    /// </summary>
    [Id(1)] public string? IdempotencyKey { get; init; }

    /// <summary>The hash of all that was asked for under the key; another one under the same key is refused. Required with a key.</summary>
    [Id(2)] public string? Fingerprint { get; init; }
}

/// <summary>
/// The command that follows a batch which was made at the provider by somebody else. Its items are those that its results name.
/// </summary>
[GenerateSerializer, Immutable, Alias("jobtracker.AdoptBatch")]
public sealed record AdoptBatch
{
    /// <summary>The name of a configured account.</summary>
    [Id(0)] public required string Provider { get; init; }

    [Id(1)] public required string ProviderBatchId { get; init; }

    /// <summary>A JSON object, at most 64 KiB and 32 levels; null means empty.</summary>
    [Id(2)] public string? Metadata { get; init; }

    /// <summary>Of the batch's job.</summary>
    [Id(3)] public string? CallbackUrl { get; init; }

    /// <summary>Terminal statuses; null means completed and failed. Refused without a URL.</summary>
    [Id(4)] public ImmutableArray<JobStatus>? CallbackEvents { get; init; }

    /// <summary>As in a create.</summary>
    [Id(5)] public string? IdempotencyKey { get; init; }
    [Id(6)] public string? Fingerprint { get; init; }
}
