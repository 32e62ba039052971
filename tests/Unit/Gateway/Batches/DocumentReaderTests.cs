using System.Text;
using JobTracker.Gateway.Batches.Create;
using static JobTracker.Gateway.Batches.Create.PartFlaw;

namespace JobTracker.Tests.Unit.Gateway.Batches;

/// <summary>One JSON object is read as the same lines as JSONL.</summary>
public sealed class DocumentReaderTests
{
    private const int MaxItems = 3;
    private const int MaxBytes = 60;

    [Fact]
    public void The_head_is_the_object_without_its_items_and_each_item_has_its_place() => Assert.Equal(
        ["""head {"provider":"p","metadata":{"a": [1]}}""", """0 a {"x": 1} -""", "1 b {} job-1"],
        Read("""{"provider":"p", "items":[{"custom_id":"a","params":{"x": 1}}, {"params":{},"custom_id":"b","job_id":"job-1"}],"metadata":{"a": [1]}}""").Select(Show));

    [Theory]
    [InlineData("[]", -1, MalformedHead)]
    [InlineData("{}", -1, MalformedHead)]
    [InlineData("""{"items":{}}""", -1, MalformedHead)]
    [InlineData("""{"items":null}""", -1, MalformedHead)]
    [InlineData("""{"items":[1],"items":[2]}""", -1, MalformedHead)]
    [InlineData("""{"items":[]}""", -1, Empty)]
    [InlineData("""{"items":[7]}""", 0, MalformedJson)]
    [InlineData("""{"items":[{"custom_id":"a","params":{}},{"custom_id":"a b","params":{}}]}""", 1, MalformedCustomId)]
    [InlineData("""{"items":[{"custom_id":"a","params":{}},{"custom_id":"\u0061","params":{}}]}""", 1, DuplicateCustomId)]
    [InlineData("""{"items":[{"custom_id":"a","params":[]}]}""", 0, MalformedParameters)]
    [InlineData("""{"items":[{"custom_id":"a","params":{},"body":1}]}""", 0, UnknownField)]
    public void What_is_wrong_is_told_by_its_place_and_ends_the_reading(string body, long place, object problem)
    {
        var refused = Assert.IsType<BatchPart.Refused>(Read(body)[^1]);

        Assert.Equal((place, (PartFlaw)problem), (refused.Line, refused.Problem));
    }

    [Theory]
    [InlineData(MaxItems, true)]
    [InlineData(MaxItems + 1, false)]
    public void A_batch_has_at_most_its_limit_of_items(int count, bool taken)
    {
        var items = Enumerable.Range(0, count).Select(number => $"{{\"custom_id\":\"i{number}\",\"params\":{{}}}}");
        var last = Read($$"""{"items":[{{string.Join(',', items)}}]}""")[^1];

        Assert.Equal(taken, last is BatchPart.Item);
        if (!taken)
            Assert.Equal(TooManyItems, ((BatchPart.Refused)last).Problem);
    }

    [Theory]
    [InlineData(MaxBytes, true)]
    [InlineData(MaxBytes + 1, false)]
    public void An_item_has_at_most_its_limit_of_bytes(int bytes, bool taken)
    {
        var item = """{"custom_id":"a","params":{}""".PadRight(bytes - 1) + "}";
        var last = Read($$"""{"items":[{{item}}]}""")[^1];

        Assert.Equal(taken, last is BatchPart.Item);
        if (!taken)
            Assert.Equal(LineTooLong, ((BatchPart.Refused)last).Problem);
    }

    private static List<BatchPart> Read(string body) => [.. DocumentReader.Read(Requests.Json(body), MaxItems, MaxBytes)];

    private static string Show(BatchPart line) => line switch
    {
        BatchPart.Head head => $"head {Encoding.UTF8.GetString(head.Json.Span)}",
        BatchPart.Item item => $"{item.Line} {item.CustomId} {Encoding.UTF8.GetString(item.Parameters.Span)} {item.JobId ?? "-"}",
        var other => other.ToString(),
    };
}
