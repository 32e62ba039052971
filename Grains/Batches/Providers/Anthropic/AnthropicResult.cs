using System.Text.Json;
using JobTracker.Batches;
using JobTracker.Grains.Batches.Providers.Http;
using JobTracker.Grains.Batches.Providers.Http.Json;

namespace JobTracker.Grains.Batches.Providers.Anthropic;

/// <summary>Reads a line of a result file: <c>{"custom_id", "result": {"type", "message" | "error"}}</c>, in any order of fields.</summary>
internal static class AnthropicResult
{
    public static (string CustomId, ItemOutcome Outcome) Parse(ReadOnlySpan<byte> line)
    {
        var json = ResultJson.Open(line);
        string? customId = null;
        Kept result = default;
        ReadOnlySpan<byte> beside = default;
        while (ResultJson.NextProperty(ref json))
        {
            if (json.ValueTextEquals("custom_id"u8))
                customId = ResultJson.Text(ref json);
            else if (json.ValueTextEquals("error"u8))
                beside = ResultJson.Value(ref json, line);
            else if (!json.ValueTextEquals("result"u8))
                ResultJson.Pass(ref json);
            else if (ResultJson.Enter(ref json, out var start))
                result = Result(ref json, line);
            else
                result.Said = line[start..(int)json.BytesConsumed];
        }
        customId = ResultJson.Close(ref json, customId);
        return (customId, result.Type is "succeeded"
            ? new ItemOutcome(ItemStatus.Completed, Usage: result.Usage)
            : Failure(result, beside, line));
    }

    /// <summary>Whether the same request may succeed when it is sent again; an error type this version does not know may not.</summary>
    public static bool IsRetryable(string errorType) =>
        errorType is "api_error" or "overloaded_error" or "rate_limit_error" or "timeout_error";

    /// <summary>
    /// The error lies in an envelope of its own, <c>{"type": "error", "error": {"type", "message"}}</c>; what is inside speaks.
    /// </summary>
    private static ItemOutcome Failure(Kept result, ReadOnlySpan<byte> beside, ReadOnlySpan<byte> line)
    {
        var fault = ProviderFaults.First(result.Error) ?? ProviderFaults.First(beside);
        var message = fault?.Message ?? ProviderFaults.First(result.Said)?.Message ?? ProviderFaults.First(line)?.Message;
        var type = fault?.Type ?? fault?.Code ?? "error";
        return result.Type switch
        {
            "errored" => ItemOutcome.Failed(type, fault?.Code, message, IsRetryable(type)),
            "canceled" => ItemOutcome.Cancelled(fault?.Word, message),
            "expired" => ItemOutcome.Expired(fault?.Word, message),
            var other => ItemOutcome.Unrecognized(other, message),
        };
    }

    private static Kept Result(scoped ref Utf8JsonReader json, ReadOnlySpan<byte> line)
    {
        Kept kept = default;
        while (ResultJson.NextProperty(ref json))
        {
            if (json.ValueTextEquals("type"u8))
                kept.Type = ResultJson.Text(ref json);
            else if (json.ValueTextEquals("error"u8))
                kept.Error = ResultJson.Value(ref json, line);
            else if (!json.ValueTextEquals("message"u8))
                ResultJson.Pass(ref json);
            else
            {
                kept.Usage = ResultJson.Enter(ref json, out var start) ? Usage(ref json, line) : null;
                kept.Said = line[start..(int)json.BytesConsumed];
            }
        }
        return kept;
    }

    private static string? Usage(ref Utf8JsonReader json, ReadOnlySpan<byte> line)
    {
        string? usage = null;
        while (ResultJson.NextProperty(ref json))
        {
            if (json.ValueTextEquals("usage"u8))
                usage = ResultJson.Raw(ref json, line);
            else
                ResultJson.Pass(ref json);
        }
        return usage;
    }

    /// <summary>What a result says. Where it did not succeed, its message is one about the failure, and not the model's answer.</summary>
    private ref struct Kept
    {
        public string? Type;
        public string? Usage;
        public ReadOnlySpan<byte> Error;
        public ReadOnlySpan<byte> Said;
    }
}
