using System.Text.Json;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Providers.Http;
using JobTracker.Grains.Batches.Providers.Http.Json;

namespace JobTracker.Grains.Batches.Providers.Anthropic;

/// <summary>Reads a <c>message_batch</c>.</summary>
internal static class AnthropicBatch
{
    /// <summary>A batch has one file, which has no id of its own.</summary>
    public static ResultFile Results { get; } = new(0, "results", "results");

    /// <summary>Null when the answer has no id that could be one.</summary>
    public static ProviderBatch? Read(JsonElement json)
    {
        if (json.Text("id") is not { } id || !ProviderBatchId.IsPlain(id))
            return null;
        var raw = ProviderText.Clean(json.Text("processing_status"), 100) ?? "";
        var stage = AnthropicStatus.Stage(raw);
        var counts = Counts(json.Field("request_counts") ?? default);
        var ended = stage is ProviderStage.Ended;
        return new ProviderBatch
        {
            Id = id,
            Stage = stage,
            RawStatus = raw,
            End = ended ? AnthropicStatus.End(counts) : null,
            CancelRequested = stage is ProviderStage.Cancelling || json.Time("cancel_initiated_at") is not null,
            Counts = counts,
            CreatedAt = json.Time("created_at"),
            EndedAt = json.Time("ended_at"),
            ExpiresAt = json.Time("expires_at"),
            Faults = ProviderFaults.Stated(json.Field("error") ?? json.Field("errors")),
            Files = ended ? [Results] : [], // results_url is not used: an address in an answer is never dialled
        };
    }

    private static ProviderCounts Counts(JsonElement counts)
    {
        var (processing, succeeded, errored) = (counts.Number("processing") ?? 0, counts.Number("succeeded") ?? 0, counts.Number("errored")
            ?? 0);
        var (canceled, expired) = (counts.Number("canceled") ?? 0, counts.Number("expired") ?? 0);
        return new ProviderCounts(processing + succeeded + errored + canceled + expired, processing, succeeded, errored, canceled, expired);
    }
}
