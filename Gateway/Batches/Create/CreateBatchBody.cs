using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using JobTracker.Batches;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.OpenApi;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests.Bodies;
using JobTracker.Jobs;

namespace JobTracker.Gateway.Batches.Create;

/// <summary>What a batch is made of. As lines (JSONL), this is the first one.</summary>
internal record CreateBatchHeadBody
{
    private static readonly JsonDocumentOptions Parsing = new() { MaxDepth = 1024 };
    private static readonly FrozenSet<string> Names = JsonFields.NamesOf(GatewayJson.Wire.CreateBatchHeadBody);

    /// <summary>The name of a configured account.</summary>
    public required string Provider { get; init; }

    /// <summary>A path such as /v1/chat/completions; for accounts of the dialect openai, and only for them.</summary>
    public string? Endpoint { get; init; }

    /// <summary>At most 64 KiB and 32 levels; shown with the batch and its job, not sent to the provider.</summary>
    public RawJson? Metadata { get; init; }

    /// <summary>Of the batch's job: http or https, at most 2,048 characters.</summary>
    [Url]
    public string? CallbackUrl { get; init; }

    /// <summary>Terminal statuses; completed and failed unless given.</summary>
    public JobStatus[]? CallbackEvents { get; init; }

    /// <summary>The command that the object without its items asks for; nothing of it holds where an error was noted.</summary>
    public static BeginBatch Read(ReadOnlyMemory<byte> head, GatewayLimits limits, RequestErrors errors)
    {
        using var document = JsonDocument.Parse(head, Parsing);
        if (JsonFlaw.Find(document.RootElement) is { } flaw)
        {
            errors.InBody("$" + flaw.Path, flaw.Detail);
            return new BeginBatch { Provider = "" };
        }
        var fields = new JsonFields(document.RootElement, "$", Names, errors);
        fields.Require("provider");
        return new BeginBatch
        {
            Provider = fields.Text("provider") ?? "",
            Endpoint = fields.Text("endpoint"),
            Metadata = fields.Object("metadata", limits.MetadataBytes, limits.MetadataDepth),
            CallbackUrl = fields.Text("callback_url", limits.UrlLength),
            CallbackEvents = fields.Statuses("callback_events"),
        };
    }
}

/// <summary>What a batch is made of, with its items.</summary>
internal sealed record CreateBatchBody : CreateBatchHeadBody
{
    /// <summary>At least one.</summary>
    public required CreateItemBody[] Items { get; init; }
}

/// <summary>One request of a batch.</summary>
internal sealed record CreateItemBody
{
    /// <summary>What the item is called, once in a batch.</summary>
    [RegularExpression("^[A-Za-z0-9_-]{1,64}$")]
    public required string CustomId { get; init; }

    /// <summary>The request to the model; goes to the provider as it is.</summary>
    public required RawJson Params { get; init; }

    /// <summary>A job of the same organization that shall end with the item.</summary>
    [RegularExpression(Ids.JobPattern)]
    public string? JobId { get; init; }
}
