using System.IO.Pipelines;
using System.Text;
using JobTracker.Gateway.Batches.Create;
using static JobTracker.Gateway.Batches.Create.PartFlaw;

namespace JobTracker.Tests.Unit.Batches;

public sealed class LinesReaderTests
{
    private const int MaxItems = 3;
    private const int MaxLine = 200;
    private const string Head = """{"provider":"p","metadata":{"a":[1]}}""";

    [Fact]
    public async Task The_head_comes_first_and_each_item_with_its_line()
    {
        var lines = await ReadAsync(Head + "\n" + """
            {"custom_id":"a","params":{"x": [1, 2]}}

            {"job_id":"job-1","params":{},"custom_id":"b_-9"}
            {"custom_id":"c","params":{"n":null},"job_id":null}
            """);

        Assert.Equal([$"head {Head}", """2 a {"x": [1, 2]} -""", "4 b_-9 {} job-1", """5 c {"n":null} -"""], lines.Select(Show));
    }

    [Theory]
    [InlineData("", 1, Empty)]
    [InlineData("\n\n", 1, Empty)]
    [InlineData("{}", 1, Empty)]
    [InlineData("[]", 1, MalformedHead)]
    [InlineData("""{"provider":"p","items":[]}""", 1, MalformedHead)]
    [InlineData("""{"provider":"p"}}""", 1, MalformedJson)]
    [InlineData("{\n", 1, MalformedJson)]
    [InlineData("{}\n{\"custom_id\":\"a\",\"params\":{}", 2, MalformedJson)]
    [InlineData("{}\n\n[]", 3, MalformedJson)]
    [InlineData("{}\n{\"custom_id\":\"a\",\"params\":{}} x", 2, MalformedJson)]
    [InlineData("{}\n{\"params\":{}}", 2, MalformedCustomId)]
    [InlineData("{}\n{\"custom_id\":7,\"params\":{}}", 2, MalformedCustomId)]
    [InlineData("{}\n{\"custom_id\":\"\",\"params\":{}}", 2, MalformedCustomId)]
    [InlineData("{}\n{\"custom_id\":\"a b\",\"params\":{}}", 2, MalformedCustomId)]
    [InlineData("{}\n{\"custom_id\":\"\u00e9\",\"params\":{}}", 2, MalformedCustomId)]
    [InlineData("{}\n{\"custom_id\":\"\\ud800\",\"params\":{}}", 2, MalformedJson)]
    [InlineData("{}\n{\"custom_id\":\"a\"}", 2, MalformedParameters)]
    [InlineData("{}\n{\"custom_id\":\"a\",\"params\":null}", 2, MalformedParameters)]
    [InlineData("{}\n{\"custom_id\":\"a\",\"params\":[{}]}", 2, MalformedParameters)]
    [InlineData("{}\n{\"custom_id\":\"a\",\"params\":{},\"job_id\":[]}", 2, MalformedJobId)]
    [InlineData("{}\n{\"custom_id\":\"a\",\"params\":{},\"job_id\":\"\"}", 2, MalformedJobId)]
    [InlineData("{}\n{\"custom_id\":\"a\",\"params\":{},\"body\":{}}", 2, UnknownField)]
    [InlineData("{}\n{\"custom_id\":\"a\",\"params\":{}}\n{\"custom_id\":\"b\",\"params\":{}}\n{\"custom_id\":\"\\u0061\",\"params\":{}}", 4, DuplicateCustomId)]
    public async Task A_bad_line_is_refused_by_its_number_and_ends_the_reading(string body, long line, object problem)
    {
        var lines = await ReadAsync(
            body + (body.Contains("params", StringComparison.Ordinal) ? "\n{\"custom_id\":\"z\",\"params\":{}}" : ""));

        var refused = Assert.IsType<BatchPart.Refused>(lines[^1]);
        Assert.Equal((line, (PartFlaw)problem), (refused.Line, refused.Problem));
        Assert.Single(lines.OfType<BatchPart.Refused>());
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public async Task A_custom_id_has_at_most_64_characters(int length, bool taken) =>
        Assert.Equal(taken, (await ReadAsync($"{Head}\n{Item(new string('a', length))}"))[^1] is BatchPart.Item);

    [Theory]
    [InlineData(MaxItems, true)]
    [InlineData(MaxItems + 1, false)]
    public async Task A_batch_has_at_most_its_limit_of_items(int count, bool taken)
    {
        var last = (await ReadAsync($"{Head}\n{string.Join('\n', Enumerable.Range(0, count).Select(number => Item($"i{number}")))}"))[^1];

        Assert.Equal(taken, last is BatchPart.Item);
        if (!taken)
            Assert.Equal((MaxItems + 2L, TooManyItems), (((BatchPart.Refused)last).Line, ((BatchPart.Refused)last).Problem));
    }

    [Theory]
    [InlineData(MaxLine, true)]
    [InlineData(MaxLine + 1, false)]
    public async Task A_line_has_at_most_its_limit_of_bytes(int length, bool taken)
    {
        var line = Item("a");
        var last = (await ReadAsync($"{Head}\n{line}{new string(' ', length - line.Length)}\n"))[^1];

        Assert.Equal(taken, last is BatchPart.Item);
        if (!taken)
            Assert.Equal(LineTooLong, ((BatchPart.Refused)last).Problem);
    }

    [Theory]
    [InlineData("{}\n\n{\"custom_id\" 1}")]
    [InlineData("{}\n\n{\"custom_id\":\"a\",\"params\":{]}")]
    public async Task A_broken_line_is_not_said_to_be_another(string body)
    {
        var refused = Assert.IsType<BatchPart.Refused>((await ReadAsync(body))[^1]);

        Assert.Equal(3, refused.Line);
        Assert.DoesNotContain("line", refused.Detail, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("(at byte ", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF8_are_refused()
    {
        byte[] body = [.. "{}\n{\"custom_id\":\"a\",\"params\":{\"t\":\""u8, 0xFF, .. "\"}}\n"u8];

        Assert.Equal((2L, MalformedJson), await LastAsync(body));
    }

    private static string Item(string customId) => $"{{\"custom_id\":\"{customId}\",\"params\":{{}}}}";

    private static Task<List<BatchPart>> ReadAsync(string body) => ReadAsync(Encoding.UTF8.GetBytes(body));

    private static async Task<(long, PartFlaw)> LastAsync(byte[] body) =>
        (await ReadAsync(body))[^1] is BatchPart.Refused refused ? (refused.Line, refused.Problem) : default;

    private static async Task<List<BatchPart>> ReadAsync(byte[] body)
    {
        List<BatchPart> lines = [];
        var reader = new LinesReader(PipeReader.Create(new ChunkedStream(body, [5, 1, 17])), MaxItems, MaxLine);
        await foreach (var line in reader.ReadAsync(default))
            lines.Add(line);
        return lines;
    }

    private static string Show(BatchPart line) => line switch
    {
        BatchPart.Head head => $"head {Encoding.UTF8.GetString(head.Json.Span)}",
        BatchPart.Item item => $"{item.Line} {item.CustomId} {Encoding.UTF8.GetString(item.Parameters.Span)} {item.JobId ?? "-"}",
        var other => other.ToString(),
    };
}
