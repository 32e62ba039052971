using System.Globalization;
using System.Text.Json.Nodes;

namespace JobTracker.Silo.Demo.World;

/// <summary>What the stand-in says, in Anthropic's words.</summary>
internal static class StandInAnswers
{
    public static JsonObject View(StandInBatch batch, DateTimeOffset now)
    {
        var (ended, cancelled) = (batch.HasEnded(now), batch.CancelledAt is not null);
        var errored = Enumerable.Range(0, batch.Items.Count).Count(item => batch.ErrorOf(item) is not null);
        return new JsonObject
        {
            ["id"] = batch.Id,
            ["type"] = "message_batch",
            ["processing_status"] = ended ? "ended" : "in_progress",
            // As the provider's own, they are told at the end.
            ["request_counts"] = new JsonObject
            {
                ["processing"] = ended ? 0 : batch.Items.Count,
                ["succeeded"] = ended && !cancelled ? batch.Items.Count - errored : 0,
                ["errored"] = ended && !cancelled ? errored : 0,
                ["canceled"] = ended && cancelled ? batch.Items.Count : 0,
                ["expired"] = 0,
            },
            ["created_at"] = Time(batch.CreatedAt),
            ["expires_at"] = Time(batch.ExpiresAt),
            ["ended_at"] = ended ? Time(batch.EndsAt) : null,
            ["cancel_initiated_at"] = batch.CancelledAt is { } at ? Time(at) : null,
        };
    }

    /// <summary>One line of the results.</summary>
    public static JsonObject Line(StandInBatch batch, int item) => new()
    {
        ["custom_id"] = batch.Items[item],
        ["result"] = batch.CancelledAt is not null ? new JsonObject { ["type"] = "canceled" } : Result(batch, item),
    };

    public static JsonObject Refusal(string type, string message) => new()
    {
        ["type"] = "error",
        ["error"] = new JsonObject { ["type"] = type, ["message"] = message },
    };

    private static JsonObject Result(StandInBatch batch, int item) => batch.ErrorOf(item) is { } error
        ? new JsonObject { ["type"] = "errored", ["error"] = Refusal(error, Words(error)) }
        : new JsonObject { ["type"] = "succeeded", ["message"] = Message(item) };

    private static JsonObject Message(int item) => new()
    {
        ["id"] = string.Create(CultureInfo.InvariantCulture, $"msg_{item:000}"),
        ["type"] = "message",
        ["role"] = "assistant",
        ["model"] = "claude-haiku-4-5",
        ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = item % 4 == 0 ? "No." : "Yes, it is kind." }),
        ["stop_reason"] = "end_turn",
        ["usage"] = new JsonObject { ["input_tokens"] = 21 + (item % 7), ["output_tokens"] = 6 },
    };

    private static string Words(string error) => error switch
    {
        "overloaded_error" => "Overloaded",
        "api_error" => "Internal server error",
        _ => "messages.0.content: text must not be empty",
    };

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
