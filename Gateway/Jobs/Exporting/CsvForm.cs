using System.Buffers;
using System.Text;
using System.Text.Json;

namespace JobTracker.Gateway.Jobs.Exporting;

/// <summary>
/// Comma-separated values (RFC 4180): a header row, then a row a job. The columns are the fields of the job as JSON shows it, an object or
/// an array being its JSON; null is an empty cell, and an empty text is <c>""</c>.
/// </summary>
internal sealed class CsvForm : ExportForm
{
    /// <summary>
    /// What makes a cell a formula for a spreadsheet (OWASP, CSV injection): such a cell begins with an apostrophe instead.
    /// </summary>
    private static readonly SearchValues<byte> Formulas = SearchValues.Create("=+-@\t\r"u8);

    private static readonly SearchValues<byte> Quoted = SearchValues.Create("\",\r\n"u8);

    private readonly ArrayBufferWriter<byte> _job = new();

    public override string ContentType => "text/csv; charset=utf-8; header=present";

    public override void Begin(IBufferWriter<byte> output)
    {
        var names = GatewayJson.Wire.JobView.Properties.Select(property => property.Name);
        output.Write(Encoding.UTF8.GetBytes(string.Join(',', names)));
        output.Write("\r\n"u8);
    }

    public override void Write(IBufferWriter<byte> output, JobView job)
    {
        _job.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_job, new JsonWriterOptions { Encoder = GatewayJson.Wire.Options.Encoder }))
            JsonSerializer.Serialize(json, job, GatewayJson.Wire.JobView);
        var fields = new Utf8JsonReader(_job.WrittenSpan);
        fields.Read();
        var isFirst = true;
        while (fields.Read() && fields.TokenType == JsonTokenType.PropertyName)
        {
            fields.Read();
            if (!isFirst)
                output.Write(","u8);
            isFirst = false;
            WriteField(output, ref fields);
        }
        output.Write("\r\n"u8);
    }

    private void WriteField(IBufferWriter<byte> output, ref Utf8JsonReader field)
    {
        switch (field.TokenType)
        {
            case JsonTokenType.Null:
                break;
            case JsonTokenType.String:
                WriteText(output, ref field);
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                var start = (int)field.TokenStartIndex;
                field.Skip();
                WriteCell(output, _job.WrittenSpan[start..(int)field.BytesConsumed]);
                break;
            default:
                WriteCell(output, field.ValueSpan);
                break;
        }
    }

    private static void WriteText(IBufferWriter<byte> output, ref Utf8JsonReader field)
    {
        // Unescaped it is no longer than it is now.
        var text = ArrayPool<byte>.Shared.Rent(field.ValueSpan.Length);
        WriteCell(output, text.AsSpan(0, field.CopyString(text)));
        ArrayPool<byte>.Shared.Return(text);
    }

    private static void WriteCell(IBufferWriter<byte> output, ReadOnlySpan<byte> cell)
    {
        var isFormula = cell.Length > 0 && Formulas.Contains(cell[0]);
        var isQuoted = cell.IsEmpty || cell.ContainsAny(Quoted);
        if (isQuoted)
            output.Write("\""u8);
        if (isFormula)
            output.Write("'"u8);
        for (var quote = cell.IndexOf((byte)'"'); quote >= 0; quote = cell.IndexOf((byte)'"'))
        {
            output.Write(cell[..(quote + 1)]);
            output.Write("\""u8);
            cell = cell[(quote + 1)..];
        }
        output.Write(cell);
        if (isQuoted)
            output.Write("\""u8);
    }
}
