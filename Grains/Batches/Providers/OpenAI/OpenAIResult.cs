using System.Text.Json;
using JobTracker.Batches;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Providers.Http;
using JobTracker.Grains.Batches.Providers.Http.Json;

namespace JobTracker.Grains.Batches.Providers.OpenAI;

/// <summary>
/// Reads a line of an output or error file: <c>{"custom_id", "response":
/// {"status_code", "body"}, "error": {"code", "message"}}</c>, in any order of fields.
/// </summary>
internal static class OpenAIResult
{
    public static (string CustomId, ItemOutcome Outcome) Parse(ReadOnlySpan<byte> line)
    {
        var json = ResultJson.Open(line);
        string? customId = null;
        (int? Status, string? Usage) said = default;
        ReadOnlySpan<byte> response = default, error = default;
        while (ResultJson.NextProperty(ref json))
        {
            if (json.ValueTextEquals("custom_id"u8))
                customId = ResultJson.Text(ref json);
            else if (json.ValueTextEquals("error"u8))
                error = ResultJson.Value(ref json, line);
            else if (json.ValueTextEquals("response"u8))
            {
                said = ResultJson.Enter(ref json, out var start) ? Response(ref json, line) : default;
                response = line[start..(int)json.BytesConsumed];
            }
            else
                ResultJson.Pass(ref json);
        }
        customId = ResultJson.Close(ref json, customId);
        return (customId, Failure(said.Status, response, error, line)
            ?? new ItemOutcome(ItemStatus.Completed, HttpStatus: said.Status, Usage: said.Usage));
    }

    /// <summary>
    /// Whether the same request may succeed when it is sent again: time-outs,
    /// conflicts, rate limits and server errors, but not an empty purse.
    /// </summary>
    public static bool IsRetryable(int? status, string? code) => code switch
    {
        "insufficient_quota" or "billing_hard_limit_reached" => false,
        "server_error" or "rate_limit_exceeded" or "request_timeout" => true,
        _ => status is 408 or 409 or 429 or >= 500,
    };

    /// <summary>Null for an answer. An error beside the response concerns the request as a whole and goes before the response.</summary>
    private static ItemOutcome? Failure(int? status, ReadOnlySpan<byte> response, ReadOnlySpan<byte> error, ReadOnlySpan<byte> line) =>
        (ProviderFaults.First(error), status) switch
        {
            ({ Code: "batch_expired" } fault, _) => ItemOutcome.Expired(fault.Code, fault.Message),
            ({ Code: "batch_cancelled" or "batch_canceled" } fault, _) => ItemOutcome.Cancelled(fault.Code, fault.Message),
            ({ } fault, _) => Failed(fault, "error", status),
            (_, >= 200 and < 300) => null,
            (_, { } other) => Failed(ProviderFaults.First(response), "http_error", other),
            _ =>
                ItemOutcome.Unrecognized(
                    "neither a response nor an error", (ProviderFaults.First(response) ?? ProviderFaults.First(line))?.Message),
        };

    private static ItemOutcome Failed(ProviderFault? fault, string otherwise, int? status) =>
        ItemOutcome.Failed(fault?.Type ?? fault?.Code ?? otherwise, fault?.Code, fault?.Message, IsRetryable(status, fault?.Word), status);

    private static (int? Status, string? Usage) Response(ref Utf8JsonReader json, ReadOnlySpan<byte> line)
    {
        int? status = null;
        string? usage = null;
        while (ResultJson.NextProperty(ref json))
        {
            if (json.ValueTextEquals("status_code"u8))
                status = ResultJson.Integer(ref json);
            else if (json.ValueTextEquals("body"u8))
                usage = ResultJson.Enter(ref json, out _) ? Usage(ref json, line) : null;
            else
                ResultJson.Pass(ref json);
        }
        return (status, usage);
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
}
