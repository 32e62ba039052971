using System.Buffers;
using System.Text.Json;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.StandIn.OpenAi;

/// <summary>
/// One line of OpenAI's output or error file: <c>{"id","custom_id","response":{"status_code","request_id","body"},"error"}</c>. A refusal
/// by the model's API is a response with another status code; <c>error</c> is only for requests that were never made.
/// </summary>
internal sealed class OpenAiLineWriter(ProviderBatch batch) : ILineWriter
{
    private readonly Padding _padding = new();

    public string ContentType => "application/octet-stream";

    public string OutcomeField => "response";

    public void Write(BatchItem item, ItemOutcome outcome, IBufferWriter<byte> output, int? padding = null)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("id"u8, "batch_req_" + item.CustomId);
        json.WriteString("custom_id"u8, item.CustomId);
        switch (outcome)
        {
            case ItemOutcome.Errored errored:
                WriteResponse(json, errored.Status, () => WriteError(json, errored));
                break;
            case ItemOutcome.Canceled:
                WriteNotMade(json, "batch_cancelled", "This request was not executed because the batch was cancelled.");
                break;
            case ItemOutcome.Expired:
                WriteNotMade(json, "batch_expired", "This request could not be executed before the completion window expired.");
                break;
            default:
                WriteResponse(json, 200, () => WriteCompletion(json, item, padding ?? batch.PaddingBytes));
                break;
        }

        json.WriteEndObject();
    }

    private static void WriteResponse(Utf8JsonWriter json, int status, Action writeBody)
    {
        json.WriteStartObject("response"u8);
        json.WriteNumber("status_code"u8, status);
        json.WriteString("request_id"u8, "req_standin"u8);
        json.WriteStartObject("body"u8);
        writeBody();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteNull("error"u8);
    }

    private static void WriteNotMade(Utf8JsonWriter json, string code, string message)
    {
        json.WriteNull("response"u8);
        json.WriteStartObject("error"u8);
        json.WriteString("code"u8, code);
        json.WriteString("message"u8, message);
        json.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter json, ItemOutcome.Errored errored)
    {
        json.WriteStartObject("error"u8);
        json.WriteString("message"u8, errored.Message);
        json.WriteString("type"u8, errored.Type);
        json.WriteNull("param"u8);
        json.WriteNull("code"u8);
        json.WriteEndObject();
    }

    private void WriteCompletion(Utf8JsonWriter json, BatchItem item, int padding)
    {
        json.WriteString("id"u8, "chatcmpl-" + item.CustomId);
        json.WriteString("object"u8, "chat.completion"u8);
        json.WriteNumber("created"u8, batch.Progress.CreatedAt.ToUnixTimeSeconds());
        json.WriteString("model"u8, item.Model ?? "stand-in");
        json.WriteStartArray("choices"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, 0);
        json.WriteStartObject("message"u8);
        json.WriteString("role"u8, "assistant"u8);
        json.WriteString("content"u8, _padding.Of(padding));
        json.WriteEndObject();
        json.WriteString("finish_reason"u8, "stop"u8);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, 12);
        json.WriteNumber("completion_tokens"u8, 7);
        json.WriteNumber("total_tokens"u8, 19);
        json.WriteEndObject();
    }
}
