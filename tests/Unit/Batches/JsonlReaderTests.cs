using System.IO.Pipelines;
using System.Text;
using CsCheck;
using JobTracker.Batches.Jsonl;

namespace JobTracker.Tests.Unit.Batches;

public sealed class JsonlReaderTests
{
    private const int Limit = 64;

    [Fact]
    public async Task Any_chunking_gives_the_same_lines()
    {
        var line = Gen.OneOf(Gen.String[Gen.Char["ab\u00e9{}\" \t"], 0, 20], Gen.String[Gen.Char["ab"], Limit - 3, Limit + 3]);
        var sample = Gen.Select(
            Gen.Select(line, Gen.Bool.Select(crlf => crlf ? "\r\n" : "\n")).List[0, 12], line, Gen.Bool, Gen.Int[1, 9].List[1, 5],
            (ended, last, mark, chunks) =>
                (Text: (mark ? "\uFEFF" : "") + string.Concat(ended.Select(pair => pair.Item1 + pair.Item2)) + last, chunks));

        await sample.SampleAsync(
            async given => Assert.Equal(Expected(given.Text), await LinesAsync(Encoding.UTF8.GetBytes(given.Text), given.chunks)));
    }

    [Theory]
    [InlineData("a\nb\n", "1:a 2:b")]
    [InlineData("a\r\nb", "1:a 2:b~")]
    [InlineData("\uFEFFa\nb", "1:a 2:b~")]
    [InlineData("\n\n a\n \t\nb\n", "3: a 5:b")]
    [InlineData("", "")]
    [InlineData("\uFEFF", "")]
    [InlineData("a\rb\n", "1:a\rb")]
    public async Task A_text_is_cut_at_its_line_ends(string text, string lines) =>
        Assert.Equal(lines, string.Join(' ', await LinesAsync(Encoding.UTF8.GetBytes(text), [2])));

    [Theory]
    [InlineData(Limit, "\n", false)]
    [InlineData(Limit, "\r\n", false)]
    [InlineData(Limit, "", false)]
    [InlineData(Limit + 1, "\n", true)]
    [InlineData(Limit + 1, "\r\n", true)]
    [InlineData(Limit + 1, "", true)]
    [InlineData(100_000, "\n", true)]
    public async Task A_line_above_the_limit_is_told_and_the_next_one_is_read(int length, string end, bool tooLong)
    {
        var reader = Reader(Encoding.UTF8.GetBytes(new string('x', length) + end + (end.Length > 0 ? "next\n" : "")), [7]);

        var first = (await reader.ReadAsync(default))!.Value;
        var next = await reader.ReadAsync(default);

        Assert.Equal((tooLong, 1L), (first.TooLong, first.Number));
        Assert.InRange(first.Length, length, length + 1);
        Assert.InRange(first.Bytes.Length, Limit, tooLong ? JsonlReader.KeptOfTooLong : Limit);
        Assert.Equal(end.Length > 0 ? "next" : null, next is { } line ? Encoding.UTF8.GetString(line.Bytes.Span) : null);
    }

    [Fact]
    public async Task A_line_of_20_MB_comes_whole()
    {
        var long20 = new byte[20 * 1024 * 1024];
        Array.Fill(long20, (byte)'x');
        var reader = new JsonlReader(
            PipeReader.Create(new ChunkedStream([.. long20, (byte)'\n', (byte)'y'], [64 * 1024])), 32 * 1024 * 1024);

        var line = (await reader.ReadAsync(default))!.Value;

        Assert.True(line.Bytes.Span.SequenceEqual(long20));
        Assert.Equal(2, (await reader.ReadAsync(default))!.Value.Number);
    }

    [Theory]
    [InlineData(0, "1:a")]
    [InlineData(1, "2:b")]
    [InlineData(3, "4:d~")]
    public async Task Skipping_goes_on_behind_the_line(long skipped, string next)
    {
        var reader = Reader(Encoding.UTF8.GetBytes($"\uFEFFa\nb\n{new string('c', 5000)}\nd"), [3]);

        Assert.True(await reader.SkipToAsync(skipped, default));

        Assert.Equal(next, Show((await reader.ReadAsync(default))!.Value));
    }

    [Fact]
    public async Task Skipping_past_the_end_says_so() => Assert.False(await Reader("a\nb"u8.ToArray(), [3]).SkipToAsync(3, default));

    private static JsonlReader Reader(byte[] text, IReadOnlyList<int> chunks) =>
        new(PipeReader.Create(new ChunkedStream(text, chunks)), Limit);

    private static async Task<List<string>> LinesAsync(byte[] text, IReadOnlyList<int> chunks)
    {
        var reader = Reader(text, chunks);
        List<string> lines = [];
        while (await reader.ReadAsync(default) is { } line)
            lines.Add(Show(line));
        return lines;
    }

    private static string Show(JsonlLine line) =>
        line.TooLong
            ? $"{line.Number}:too long"
            : $"{line.Number}:{Encoding.UTF8.GetString(line.Bytes.Span)}{(line.Terminated ? "" : "~")}";

    /// <summary>The same by plain means, over the whole text.</summary>
    private static List<string> Expected(string text)
    {
        var parts = text.TrimStart('\uFEFF').Split('\n');
        List<string> lines = [];
        for (var index = 0; index < parts.Length; index++)
        {
            var terminated = index < parts.Length - 1;
            var part = terminated && parts[index].EndsWith('\r') ? parts[index][..^1] : parts[index];
            if (Encoding.UTF8.GetByteCount(part) > Limit)
                lines.Add($"{index + 1}:too long");
            else if (part.Trim(' ', '\t').Length > 0)
                lines.Add($"{index + 1}:{part}{(terminated ? "" : "~")}");
        }
        return lines;
    }
}
