using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using JobTracker.Batches;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests.Bodies;
using JobTracker.Jobs;

namespace JobTracker.Gateway.Batches;

/// <summary>A batch that was made at the provider by somebody else, and shall be followed here.</summary>
internal sealed record AdoptBatchBody
{
    private const int LongestProviderBatchId = 255;

    private static readonly FrozenSet<string> Names = JsonFields.NamesOf(GatewayJson.Wire.AdoptBatchBody);

    /// <summary>The name of a configured account.</summary>
    public required string Provider { get; init; }

    /// <summary>What the provider calls it; at most 255 characters.</summary>
    [MaxLength(LongestProviderBatchId)]
    public required string ProviderBatchId { get; init; }

    /// <summary>Whatever you want to keep with the batch; at most 64 KiB and 32 levels.</summary>
    public RawJson? Metadata { get; init; }

    /// <summary>Of the batch's job: http or https, at most 2,048 characters.</summary>
    [Url]
    public string? CallbackUrl { get; init; }

    /// <summary>Terminal statuses; completed and failed unless given.</summary>
    public JobStatus[]? CallbackEvents { get; init; }

    /// <summary>The command that the body asks for; nothing of it holds where an error was noted.</summary>
    public static AdoptBatch Read(JsonElement body, GatewayLimits limits, RequestErrors errors)
    {
        if (JsonFlaw.Find(body) is { } flaw)
        {
            errors.InBody("$" + flaw.Path, flaw.Detail);
            return new AdoptBatch { Provider = "", ProviderBatchId = "" };
        }
        var fields = new JsonFields(body, "$", Names, errors);
        fields.Require("provider");
        fields.Require("provider_batch_id");
        return new AdoptBatch
        {
            Provider = fields.Text("provider") ?? "",
            ProviderBatchId = fields.Text("provider_batch_id", LongestProviderBatchId) ?? "",
            Metadata = fields.Object("metadata", limits.MetadataBytes, limits.MetadataDepth),
            CallbackUrl = fields.Text("callback_url", limits.UrlLength),
            CallbackEvents = fields.Statuses("callback_events"),
        };
    }
}
