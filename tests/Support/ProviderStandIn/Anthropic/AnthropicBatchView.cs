using System.Globalization;
using System.Text.Json.Nodes;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.StandIn.Anthropic;

/// <summary>A batch as Anthropic shows it. Counts other than <c>processing</c> stay 0 until the end, as documented.</summary>
internal sealed class AnthropicBatchView(Elsewhere elsewhere, TimeProvider clock)
{
    private static readonly TimeSpan ResultsKeptFor = TimeSpan.FromDays(29);

    public JsonObject Of(ProviderBatch batch, BatchProgress progress) => new()
    {
        ["id"] = batch.Id,
        ["type"] = "message_batch",
        ["processing_status"] = Status(progress.Phase),
        ["request_counts"] = Counts(batch, progress),
        ["created_at"] = Date(progress.CreatedAt),
        ["expires_at"] = Date(progress.ExpiresAt),
        ["ended_at"] = Date(progress.EndedAt),
        ["cancel_initiated_at"] = Date(progress.CancelRequestedAt),
        ["archived_at"] = IsArchived(progress) ? Date(progress.CreatedAt + ResultsKeptFor) : null,
        // Another port on purpose: a client that dials it is seen in the journal.
        ["results_url"] = HasResults(progress) ? $"{elsewhere.Url}/v1/messages/batches/{batch.Id}/results" : null,
    };

    public bool HasResults(BatchProgress progress) => progress.Phase is BatchPhase.Ended && !IsArchived(progress);

    private bool IsArchived(BatchProgress progress) => clock.GetUtcNow() >= progress.CreatedAt + ResultsKeptFor;

    private static string Status(BatchPhase phase) => phase switch
    {
        BatchPhase.Validating or BatchPhase.InProgress or BatchPhase.Finalizing => "in_progress",
        BatchPhase.Canceling => "canceling",
        BatchPhase.Ended => "ended",
    };

    private static JsonObject Counts(ProviderBatch batch, BatchProgress progress)
    {
        var ended = progress.Phase is BatchPhase.Ended;
        var counts = ended ? batch.CountOutcomes() : default;
        return new JsonObject
        {
            ["processing"] = ended ? 0 : batch.Items.Count,
            ["succeeded"] = counts.Succeeded,
            ["errored"] = counts.Errored,
            ["canceled"] = counts.Canceled,
            ["expired"] = counts.Expired,
        };
    }

    private static string? Date(DateTimeOffset? date) =>
        date?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff+00:00", CultureInfo.InvariantCulture);
}
