using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using JobTracker.Batches.Jsonl;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Providers.Http.Json;

namespace JobTracker.Grains.Batches.Providers.Http;

/// <summary>Reads one line of a dialect's result file. It throws a <see cref="JsonException"/> for anything that names no item.</summary>
internal delegate (string CustomId, ItemOutcome Outcome) ResultParser(ReadOnlySpan<byte> line);

/// <summary>Streams a result file line by line, holding one line; the lines before the cursor are passed over.</summary>
internal static class ResultDownload
{
    private static readonly StreamPipeReaderOptions Reading = new(bufferSize: 64 * 1024, minimumReadSize: 16 * 1024);

    public static async IAsyncEnumerable<ResultLine> ReadAsync(
        ProviderHttp http, string path, ResultCursor from, ResultParser parse, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var body = await http.OpenAsync(path, cancellation);
        if (body.MediaType is "text/html" or "application/xhtml+xml")
            throw new ProviderException(ProviderErrors.Page(body.MediaType));
        var lines = new JsonlReader(PipeReader.Create(body.Stream, Reading), http.Account.MaxLineBytes);
        if (from.Line > 0)
            await SkipAsync(lines, from.Line, body, cancellation);
        while (await NextAsync(lines, body, cancellation) is { } line)
            yield return Interpret(line, from.File, parse);
    }

    private static async ValueTask SkipAsync(JsonlReader lines, long upTo, ProviderBody body, CancellationToken cancellation)
    {
        try
        {
            await lines.SkipToAsync(upTo, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            throw body.Failed(failure);
        }
    }

    private static async ValueTask<JsonlLine?> NextAsync(JsonlReader lines, ProviderBody body, CancellationToken cancellation)
    {
        try
        {
            return await lines.ReadAsync(cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            throw body.Failed(failure);
        }
    }

    private static ResultLine Interpret(JsonlLine line, int file, ResultParser parse)
    {
        var at = new ResultCursor(file, line.Number);
        if (line.TooLong)
            return new ResultLine.Quarantined(at, Head(line), $"The line has {line.Length} bytes, more than are read.");
        try
        {
            var text = DecodableJson.Of(line.Bytes);
            var (customId, outcome) = parse(text.Span);
            return new ResultLine.Item(at, text, customId, outcome);
        }
        catch (JsonException broken) when (line.Terminated)
        {
            return new ResultLine.Quarantined(at, Head(line), $"{BrokenJson.Describe(broken)}.");
        }
        catch (JsonException)
        {
            return new ResultLine.Cut(
                at with { Line = line.Number - 1 }, Head(line), $"The results end in the middle of line {line.Number}.");
        }
    }

    private static ReadOnlyMemory<byte> Head(JsonlLine line) =>
        line.Bytes.Length <= JsonlReader.KeptOfTooLong ? line.Bytes : line.Bytes[..JsonlReader.KeptOfTooLong].ToArray();
}
