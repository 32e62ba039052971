using System.Buffers;
using System.Text.Json;

namespace JobTracker.Gateway.Jobs.Exporting;

/// <summary>A job a line, and a last line that tells that they are all.</summary>
internal sealed class JsonLinesForm : ExportForm
{
    private readonly ArrayBufferWriter<byte> _job = new();

    public override string ContentType => "application/jsonl";

    public override void Write(IBufferWriter<byte> output, JobView job)
    {
        _job.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_job, new JsonWriterOptions { Encoder = GatewayJson.Wire.Options.Encoder }))
            JsonSerializer.Serialize(json, job, GatewayJson.Wire.JobView);
        // What a .NET client stores of JSON is kept to the letter: its line breaks stand between values, never in them.
        var line = output.GetSpan(_job.WrittenCount)[.._job.WrittenCount];
        _job.WrittenSpan.Replace(line, (byte)'\n', (byte)' ');
        line.Replace((byte)'\r', (byte)' ');
        output.Advance(line.Length);
        output.Write("\n"u8);
    }

    public override void End(IBufferWriter<byte> output, long count)
    {
        using (var json = new Utf8JsonWriter(output))
            JsonSerializer.Serialize(json, new ExportEndView(End: true, count), GatewayJson.Wire.ExportEndView);
        output.Write("\n"u8);
    }
}

/// <summary>The last line of an export that is whole.</summary>
/// <param name="End">Always true: no job has such a field.</param>
/// <param name="Count">How many jobs stand before it.</param>
internal sealed record ExportEndView(bool End, long Count);
