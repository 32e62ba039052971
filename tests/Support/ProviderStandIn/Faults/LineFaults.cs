using System.Buffers;
using System.Text.Json.Nodes;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.StandIn.Faults;

/// <summary>Writes the lines of a result file, one of them (or all of their ends) as the fault says.</summary>
internal sealed class LineFaults(Fault? fault, ILineWriter lines)
{
    private readonly int _hit = fault?.AtLine ?? 2;
    private int _line;

    public void Begin(IBufferWriter<byte> output)
    {
        if (fault?.Kind is FaultKind.ByteOrderMark)
            output.Write("\uFEFF"u8);
    }

    public void Write(BatchItem item, ItemOutcome outcome, IBufferWriter<byte> output)
    {
        _line++;
        if (_line == _hit && fault is not null)
            WriteHit(fault, item, outcome, output);
        else
            WriteLine(item, outcome, output);
    }

    private void WriteHit(Fault hit, BatchItem item, ItemOutcome outcome, IBufferWriter<byte> output)
    {
        switch (hit.Kind)
        {
            case FaultKind.MissingLine:
                break;
            case FaultKind.BadLine:
                WriteText("{\"custom_id\":\"" + item.CustomId + "\", oops", output);
                break;
            case FaultKind.GivenLine:
                output.Write(hit.Body.Span);
                End(output);
                break;
            case FaultKind.HugeLine:
                WriteLine(item, ItemOutcome.Succeeds, output, hit.Bytes);
                break;
            case FaultKind.NoCustomId:
                WriteChanged(item, outcome, output, line => line.Remove("custom_id"));
                break;
            case FaultKind.MissingFields:
                WriteChanged(item, outcome, output, line => line.Remove(lines.OutcomeField));
                break;
            case FaultKind.ExtraFields:
                WriteChanged(item, outcome, output, line => line["from_the_future"] = new JsonObject { ["nested"] = new JsonArray(1, 2) });
                break;
            case FaultKind.UnknownResultType:
                WriteChanged(item, outcome, output, line => line[lines.OutcomeField] = new JsonObject { ["type"] = "teleported" });
                break;
            default:
                WriteWithCompany(hit, item, outcome, output);
                break;
        }
    }

    /// <summary>The line itself, and a second one that should not be there.</summary>
    private void WriteWithCompany(Fault hit, BatchItem item, ItemOutcome outcome, IBufferWriter<byte> output)
    {
        WriteLine(item, outcome, output);
        switch (hit.Kind)
        {
            case FaultKind.DuplicateLine:
                WriteLine(item, outcome, output);
                break;
            case FaultKind.ConflictingLine:
                WriteLine(item, outcome is ItemOutcome.Succeeded ? ItemOutcome.Fails() : ItemOutcome.Succeeds, output);
                break;
            case FaultKind.UnknownCustomId:
                WriteLine(item with { CustomId = "nobody-submitted-this" }, outcome, output);
                break;
        }
    }

    private void WriteLine(BatchItem item, ItemOutcome outcome, IBufferWriter<byte> output, int? padding = null)
    {
        lines.Write(item, outcome, output, padding);
        End(output);
    }

    private void WriteChanged(BatchItem item, ItemOutcome outcome, IBufferWriter<byte> output, Action<JsonObject> change)
    {
        var plain = new ArrayBufferWriter<byte>();
        lines.Write(item, outcome, plain);
        var line = JsonNode.Parse(plain.WrittenSpan)!.AsObject();
        change(line);
        WriteText(line.ToJsonString(), output);
    }

    private void WriteText(string text, IBufferWriter<byte> output)
    {
        output.Write(System.Text.Encoding.UTF8.GetBytes(text));
        End(output);
    }

    private void End(IBufferWriter<byte> output) => output.Write(fault?.Kind is FaultKind.CarriageReturns ? "\r\n"u8 : "\n"u8);
}
