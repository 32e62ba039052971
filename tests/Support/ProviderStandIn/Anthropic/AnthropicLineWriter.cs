using System.Buffers;
using System.Text.Json;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.StandIn.Anthropic;

/// <summary>One line of Anthropic's results: <c>{"custom_id","result":{"type":"succeeded|errored|canceled|expired",...}}</c>.</summary>
internal sealed class AnthropicLineWriter(ProviderBatch batch) : ILineWriter
{
    private readonly Padding _padding = new();

    public string ContentType => "application/x-jsonl";

    public string OutcomeField => "result";

    public void Write(BatchItem item, ItemOutcome outcome, IBufferWriter<byte> output, int? padding = null)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("custom_id"u8, item.CustomId);
        json.WriteStartObject("result"u8);
        switch (outcome)
        {
            case ItemOutcome.Errored errored:
                WriteError(json, errored);
                break;
            case ItemOutcome.Canceled:
                json.WriteString("type"u8, "canceled"u8);
                break;
            case ItemOutcome.Expired:
                json.WriteString("type"u8, "expired"u8);
                break;
            default:
                WriteMessage(json, item, padding ?? batch.PaddingBytes);
                break;
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter json, ItemOutcome.Errored errored)
    {
        json.WriteString("type"u8, "errored"u8);
        json.WriteStartObject("error"u8);
        json.WriteString("type"u8, "error"u8);
        json.WriteStartObject("error"u8);
        json.WriteString("type"u8, errored.Type);
        json.WriteString("message"u8, errored.Message);
        json.WriteEndObject();
        json.WriteString("request_id"u8, "req_standin"u8);
        json.WriteEndObject();
    }

    private void WriteMessage(Utf8JsonWriter json, BatchItem item, int padding)
    {
        json.WriteString("type"u8, "succeeded"u8);
        json.WriteStartObject("message"u8);
        json.WriteString("id"u8, "msg_" + item.CustomId);
        json.WriteString("type"u8, "message"u8);
        json.WriteString("role"u8, "assistant"u8);
        json.WriteString("model"u8, item.Model ?? "stand-in");
        json.WriteStartArray("content"u8);
        json.WriteStartObject();
        json.WriteString("type"u8, "text"u8);
        json.WriteString("text"u8, _padding.Of(padding));
        json.WriteNull("citations"u8);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("stop_reason"u8, "end_turn"u8);
        json.WriteNull("stop_sequence"u8);
        WriteUsage(json);
        json.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter json)
    {
        json.WriteStartObject("usage"u8);
        json.WriteNumber("input_tokens"u8, 12);
        json.WriteNumber("output_tokens"u8, 7);
        json.WriteNumber("cache_creation_input_tokens"u8, 0);
        json.WriteNumber("cache_read_input_tokens"u8, 0);
        json.WriteString("service_tier"u8, "batch"u8);
        json.WriteEndObject();
    }
}
