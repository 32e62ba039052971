using System.Text.Json;
using JobTracker.Batches;
using JobTracker.Grains.Batches.Providers.Http;

namespace JobTracker.Grains.Batches.Providers.OpenAI;

/// <summary>Reads a line of an output or error file: <c>{"custom_id", "response": {"status_code", "body"}, "error": {"code", "message"}}</c>, in any order of fields.</summary>
internal static class OpenAIResult
{
    public static (string CustomId, ItemOutcome Outcome) Parse(ReadOnlySpan<byte> line)
    {
        var json = ResultJson.Open(line);
        string? customId = null;
        (int? Status, string? Usage, Fault Fault) response = default;
        Fault? error = null;
        while (ResultJson.NextProperty(ref json))
        {
            if (json.ValueTextEquals("custom_id"u8)) customId = ResultJson.Text(ref json);
            else if (json.ValueTextEquals("response"u8)) response = ResultJson.Enter(ref json) ? Response(ref json, line) : default;
            else if (json.ValueTextEquals("error"u8)) error = ResultJson.Enter(ref json) ? ReadFault(ref json) : null;
            else ResultJson.Pass(ref json);
        }
        return (ResultJson.Close(ref json, customId), Outcome(response.Status, response.Usage, response.Fault, error));
    }

    /// <summary>Whether the same request may succeed when it is sent again: time-outs, conflicts, rate limits and server errors, but not an empty purse.</summary>
    public static bool IsRetryable(int? status, string? code) => code switch
    {
        "insufficient_quota" or "billing_hard_limit_reached" => false,
        "server_error" or "rate_limit_exceeded" or "request_timeout" => true,
        _ => status is 408 or 409 or 429 or >= 500,
    };

    /// <summary>An error beside the response concerns the request as a whole and goes before the response.</summary>
    private static ItemOutcome Outcome(int? status, string? usage, Fault inside, Fault? beside) => (beside, status) switch
    {
        ({ Code: "batch_expired" } fault, _) => ItemOutcome.Expired(fault.Code, fault.Message),
        ({ Code: "batch_cancelled" or "batch_canceled" } fault, _) => ItemOutcome.Cancelled(fault.Code, fault.Message),
        ({ IsEmpty: false } fault, _) => Failed(fault, "error", status),
        (_, >= 200 and < 300) => new ItemOutcome(ItemStatus.Completed, HttpStatus: status, Usage: usage),
        (_, { } other) => Failed(inside, "http_error", other),
        _ => ItemOutcome.Unrecognized("neither a response nor an error"),
    };

    private static ItemOutcome Failed(Fault fault, string otherwise, int? status) =>
        ItemOutcome.Failed(fault.Type ?? fault.Code ?? otherwise, fault.Code, fault.Message, IsRetryable(status, fault.Code ?? fault.Type), status);

    private static (int? Status, string? Usage, Fault Fault) Response(ref Utf8JsonReader json, ReadOnlySpan<byte> line)
    {
        int? status = null;
        (string? Usage, Fault Fault) body = default;
        while (ResultJson.NextProperty(ref json))
        {
            if (json.ValueTextEquals("status_code"u8)) status = ResultJson.Integer(ref json);
            else if (json.ValueTextEquals("body"u8)) body = ResultJson.Enter(ref json) ? Body(ref json, line) : default;
            else ResultJson.Pass(ref json);
        }
        return (status, body.Usage, body.Fault);
    }

    private static (string? Usage, Fault Fault) Body(ref Utf8JsonReader json, ReadOnlySpan<byte> line)
    {
        string? usage = null;
        Fault fault = default;
        while (ResultJson.NextProperty(ref json))
        {
            if (json.ValueTextEquals("usage"u8)) usage = ResultJson.Raw(ref json, line);
            else if (json.ValueTextEquals("error"u8)) fault = ResultJson.Enter(ref json) ? ReadFault(ref json) : default;
            else ResultJson.Pass(ref json);
        }
        return (usage, fault);
    }

    private static Fault ReadFault(ref Utf8JsonReader json)
    {
        Fault fault = default;
        while (ResultJson.NextProperty(ref json))
        {
            if (json.ValueTextEquals("type"u8)) fault = fault with { Type = ResultJson.Text(ref json) };
            else if (json.ValueTextEquals("code"u8)) fault = fault with { Code = ResultJson.Text(ref json) };
            else if (json.ValueTextEquals("message"u8)) fault = fault with { Message = ResultJson.Text(ref json) };
            else ResultJson.Pass(ref json);
        }
        return fault;
    }

    private readonly record struct Fault(string? Type, string? Code, string? Message)
    {
        public bool IsEmpty => Type is null && Code is null && Message is null;
    }
}
