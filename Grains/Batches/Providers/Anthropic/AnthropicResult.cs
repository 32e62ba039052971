using System.Text.Json;
using JobTracker.Batches;
using JobTracker.Grains.Batches.Providers.Http;

namespace JobTracker.Grains.Batches.Providers.Anthropic;

/// <summary>Reads a line of a result file: <c>{"custom_id", "result": {"type", "message" | "error"}}</c>, in any order of fields.</summary>
internal static class AnthropicResult
{
    public static (string CustomId, ItemOutcome Outcome) Parse(ReadOnlySpan<byte> line)
    {
        var json = ResultJson.Open(line);
        string? customId = null;
        var outcome = ItemOutcome.Unrecognized(null);
        while (ResultJson.NextProperty(ref json))
        {
            if (json.ValueTextEquals("custom_id"u8)) customId = ResultJson.Text(ref json);
            else if (!json.ValueTextEquals("result"u8)) ResultJson.Pass(ref json);
            else if (ResultJson.Enter(ref json)) outcome = Result(ref json, line);
        }
        return (ResultJson.Close(ref json, customId), outcome);
    }

    /// <summary>Whether the same request may succeed when it is sent again; an error type this version does not know may not.</summary>
    public static bool IsRetryable(string errorType) =>
        errorType is "api_error" or "overloaded_error" or "rate_limit_error" or "timeout_error";

    private static ItemOutcome Result(ref Utf8JsonReader json, ReadOnlySpan<byte> line)
    {
        string? type = null, usage = null;
        (string? Type, string? Message) error = default;
        while (ResultJson.NextProperty(ref json))
        {
            if (json.ValueTextEquals("type"u8)) type = ResultJson.Text(ref json);
            else if (json.ValueTextEquals("message"u8)) usage = ResultJson.Enter(ref json) ? Usage(ref json, line) : null;
            else if (json.ValueTextEquals("error"u8)) error = ResultJson.Enter(ref json) ? Error(ref json) : default;
            else ResultJson.Pass(ref json);
        }
        return type switch
        {
            "succeeded" => new ItemOutcome(ItemStatus.Completed, Usage: usage),
            "errored" => ItemOutcome.Failed(error.Type ?? "error", null, error.Message, IsRetryable(error.Type ?? "")),
            "canceled" => ItemOutcome.Cancelled(),
            "expired" => ItemOutcome.Expired(),
            _ => ItemOutcome.Unrecognized(type),
        };
    }

    private static string? Usage(ref Utf8JsonReader json, ReadOnlySpan<byte> line)
    {
        string? usage = null;
        while (ResultJson.NextProperty(ref json))
        {
            if (json.ValueTextEquals("usage"u8)) usage = ResultJson.Raw(ref json, line);
            else ResultJson.Pass(ref json);
        }
        return usage;
    }

    /// <summary>The error lies in an envelope of its own, <c>{"type": "error", "error": {"type", "message"}}</c>; what is inside speaks.</summary>
    private static (string? Type, string? Message) Error(ref Utf8JsonReader json)
    {
        (string? Type, string? Message) outer = default, inner = default;
        while (ResultJson.NextProperty(ref json))
        {
            if (json.ValueTextEquals("type"u8)) outer.Type = ResultJson.Text(ref json);
            else if (json.ValueTextEquals("message"u8)) outer.Message = ResultJson.Text(ref json);
            else if (!json.ValueTextEquals("error"u8)) ResultJson.Pass(ref json);
            else if (ResultJson.Enter(ref json)) inner = Error(ref json);
        }
        return inner.Type is null ? outer : inner;
    }
}
