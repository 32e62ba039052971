using System.Text.Json;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Providers.Http;
using JobTracker.Grains.Batches.Providers.Http.Json;

namespace JobTracker.Grains.Batches.Providers.OpenAI;

/// <summary>Reads a <c>batch</c> object.</summary>
internal static class OpenAIBatch
{
    /// <summary>The metadata key that a create of ours carries; it is what a lost one is found by.</summary>
    public const string SubmissionKey = "jobtracker_submission_id";

    /// <summary>Null when the answer has no id that could be one.</summary>
    public static ProviderBatch? Read(JsonElement json)
    {
        if (json.Text("id") is not { } id || !ProviderBatchId.IsPlain(id))
            return null;
        var raw = ProviderText.Clean(json.Text("status"), 100) ?? "";
        var (stage, end) = OpenAIStatus.Read(raw);
        return new ProviderBatch
        {
            Id = id,
            Stage = stage,
            RawStatus = raw,
            End = end,
            CancelRequested = stage is ProviderStage.Cancelling || json.UnixTime("cancelling_at") is not null,
            Counts = Counts(json.Field("request_counts") ?? default),
            CreatedAt = json.UnixTime("created_at"),
            EndedAt = json.UnixTime("completed_at") ?? json.UnixTime("failed_at") ?? json.UnixTime("cancelled_at")
                ?? json.UnixTime("expired_at"),
            ExpiresAt = json.UnixTime("expires_at"),
            SubmissionId = SubmissionId(json),
            InputId = json.Word("input_file_id"),
            Files = [.. Files(json)],
            Faults = Faults(json),
        };
    }

    public static string? SubmissionId(JsonElement json) => json.Field("metadata")?.Text(SubmissionKey);

    /// <summary>
    /// Both files hold results: answers in one, errors in the other. Either may be null, or empty with compatible endpoints.
    /// </summary>
    private static IEnumerable<ResultFile> Files(JsonElement json)
    {
        if (json.Word("output_file_id") is { } output)
            yield return new ResultFile(0, "output file", output);
        if (json.Word("error_file_id") is { } errors)
            yield return new ResultFile(1, "error file", errors);
    }

    /// <summary>
    /// The field is a list object; compatible endpoints write a list, a text, or an <c>error</c> as a refused call has it.
    /// </summary>
    private static IReadOnlyList<ProviderFault> Faults(JsonElement json) =>
        ProviderFaults.Stated(json.Field("errors")) is { Count: > 0 } faults ? faults : ProviderFaults.Stated(json.Field("error"));

    private static ProviderCounts Counts(JsonElement counts)
    {
        var (total, completed, failed) = (counts.Number("total") ?? 0, counts.Number("completed") ?? 0, counts.Number("failed") ?? 0);
        return new ProviderCounts(total, Math.Max(0, total - completed - failed), completed, failed);
    }
}
