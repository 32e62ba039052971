using System.Text.Json.Nodes;
using JobTracker.Tests.StandIn.Batches;

namespace JobTracker.Tests.StandIn.OpenAi;

/// <summary>A batch as OpenAI shows it. Times are Unix seconds.</summary>
internal static class OpenAiBatchView
{
    public static JsonObject Of(ProviderBatch batch, BatchProgress progress) => new()
    {
        ["id"] = batch.Id,
        ["object"] = "batch",
        ["endpoint"] = batch.Order.Endpoint,
        ["errors"] = Errors(batch, progress),
        ["input_file_id"] = batch.Order.InputFileId,
        ["completion_window"] = "24h",
        ["status"] = Status(progress),
        ["output_file_id"] = FileId(batch, progress, ResultFile.Output),
        ["error_file_id"] = FileId(batch, progress, ResultFile.Error),
        ["created_at"] = Seconds(progress.CreatedAt),
        ["in_progress_at"] = Seconds(progress.InProgressAt),
        ["expires_at"] = Seconds(progress.ExpiresAt),
        ["finalizing_at"] = Seconds(progress.FinalizingAt),
        ["completed_at"] = EndedBy(progress, BatchEnding.Completed),
        ["failed_at"] = EndedBy(progress, BatchEnding.Failed),
        ["expired_at"] = EndedBy(progress, BatchEnding.Expired),
        ["cancelling_at"] = Seconds(progress.CancelRequestedAt),
        ["cancelled_at"] = EndedBy(progress, BatchEnding.Canceled),
        ["request_counts"] = Counts(batch, progress),
        ["metadata"] = new JsonObject(batch.Order.Metadata.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
    };

    private static string Status(BatchProgress progress) => progress.Phase switch
    {
        BatchPhase.Validating => "validating",
        BatchPhase.InProgress => "in_progress",
        BatchPhase.Finalizing => "finalizing",
        BatchPhase.Canceling => "cancelling",
        BatchPhase.Ended => progress.Ending!.Value switch
        {
            BatchEnding.Completed => "completed",
            BatchEnding.Failed => "failed",
            BatchEnding.Canceled => "cancelled",
            BatchEnding.Expired => "expired",
        },
    };

    private static string? FileId(ProviderBatch batch, BatchProgress progress, Func<ProviderBatch, ResultFile?> file)
    {
        var found = progress.Phase is BatchPhase.Ended ? file(batch)?.Id : null;
        return found ?? (batch.AbsentFilesAreEmptyStrings ? "" : null);
    }

    private static JsonObject? Errors(ProviderBatch batch, BatchProgress progress) =>
        progress.Ending is not BatchEnding.Failed ? null : new()
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. batch.Order.InputErrors.Select(Error)]),
        };

    private static JsonObject Error(InputError error) => new()
    {
        ["code"] = error.Code,
        ["message"] = error.Message,
        ["param"] = error.Param,
        ["line"] = error.Line,
    };

    private static JsonObject Counts(ProviderBatch batch, BatchProgress progress)
    {
        if (progress.Phase is BatchPhase.Validating || progress.Ending is BatchEnding.Failed)
            return new() { ["total"] = 0, ["completed"] = 0, ["failed"] = 0 };
        var ended = progress.Phase is BatchPhase.Ended ? batch.CountOutcomes() : default;
        var completed = progress.Phase is BatchPhase.Ended ? ended.Succeeded : batch.Finished;
        return new() { ["total"] = batch.Items.Count, ["completed"] = completed, ["failed"] = ended.Errored };
    }

    private static long? EndedBy(BatchProgress progress, BatchEnding ending) =>
        progress.Ending == ending ? Seconds(progress.EndedAt) : null;

    private static long? Seconds(DateTimeOffset? at) => at?.ToUnixTimeSeconds();
}
