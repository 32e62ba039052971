using System.Text;
using System.Text.Json.Nodes;
using JobTracker.Tests.StandIn;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Faults;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.Integration.StandIn;

/// <summary>Faults inside a result file, in both dialects: each is the plain file with one difference.</summary>
public sealed class LineFaultTests
{
    public static TheoryData<Dialect> Dialects => [Dialect.Anthropic, Dialect.OpenAi];

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task A_bad_line_is_not_json_and_the_others_are_untouched(Dialect dialect)
    {
        var (plain, hit) = await LinesAsync(dialect, FaultKind.BadLine);
        Assert.Equal([plain[0], plain[2], plain[3]], [hit[0], hit[2], hit[3]]);
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => JsonNode.Parse(hit[1]));
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task A_duplicate_line_comes_twice(Dialect dialect)
    {
        var (plain, hit) = await LinesAsync(dialect, FaultKind.DuplicateLine);
        Assert.Equal([plain[0], plain[1], plain[1], plain[2], plain[3]], hit);
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task A_conflicting_line_has_the_custom_id_but_not_the_outcome_of_the_one_before(Dialect dialect)
    {
        var (plain, hit) = await LinesAsync(dialect, FaultKind.ConflictingLine);
        Assert.Equal((5, plain[1], Id(plain[1])), (hit.Count, hit[1], Id(hit[2])));
        Assert.NotEqual(hit[1], hit[2]);
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task An_unknown_custom_id_is_one_line_more(Dialect dialect)
    {
        var (plain, hit) = await LinesAsync(dialect, FaultKind.UnknownCustomId);
        Assert.Equal([.. plain.Take(2).Select(Id), "nobody-submitted-this", .. plain.Skip(2).Select(Id)], hit.Select(Id));
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task A_missing_line_is_one_line_less(Dialect dialect)
    {
        var (plain, hit) = await LinesAsync(dialect, FaultKind.MissingLine);
        Assert.Equal([plain[0], plain[2], plain[3]], hit);
    }

    [Theory]
    [InlineData(Dialect.Anthropic, FaultKind.NoCustomId, "custom_id")]
    [InlineData(Dialect.OpenAi, FaultKind.NoCustomId, "custom_id")]
    [InlineData(Dialect.Anthropic, FaultKind.MissingFields, "result")]
    [InlineData(Dialect.OpenAi, FaultKind.MissingFields, "response")]
    public async Task A_field_is_gone_from_one_line(Dialect dialect, FaultKind kind, string field)
    {
        var (plain, hit) = await LinesAsync(dialect, kind);
        var expected = JsonNode.Parse(plain[1])!.AsObject();
        Assert.True(expected.Remove(field));
        Assert.Equal([plain[0], expected.ToJsonString(), plain[2], plain[3]], hit);
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task An_extra_field_is_beside_the_known_ones(Dialect dialect)
    {
        var (plain, hit) = await LinesAsync(dialect, FaultKind.ExtraFields);
        var line = JsonNode.Parse(hit[1])!.AsObject();
        Assert.True(line.Remove("from_the_future"));
        Assert.Equal(plain[1], line.ToJsonString());
    }

    [Theory]
    [InlineData(Dialect.Anthropic, "result")]
    [InlineData(Dialect.OpenAi, "response")]
    public async Task An_unknown_result_type_takes_the_place_of_the_outcome(Dialect dialect, string field)
    {
        var (plain, hit) = await LinesAsync(dialect, FaultKind.UnknownResultType);
        Assert.Equal("""{"type":"teleported"}""", JsonNode.Parse(hit[1])![field]!.ToJsonString());
        Assert.Equal(Id(plain[1]), Id(hit[1]));
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task A_byte_order_mark_precedes_the_first_line_alone(Dialect dialect)
    {
        var (plain, hit) = await FilesAsync(dialect, new Fault(FaultKind.ByteOrderMark));
        Assert.Equal([0xEF, 0xBB, 0xBF, .. plain], hit);
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Carriage_returns_end_every_line(Dialect dialect)
    {
        var (plain, hit) = await FilesAsync(dialect, new Fault(FaultKind.CarriageReturns));
        Assert.Equal(Encoding.UTF8.GetString(plain).Replace("\n", "\r\n", StringComparison.Ordinal), Encoding.UTF8.GetString(hit));
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task A_huge_line_is_valid_json_of_20_MB(Dialect dialect)
    {
        var (_, hit) = await LinesAsync(dialect, FaultKind.HugeLine);
        Assert.InRange(hit[1].Length, 20_000_000, 20_001_000);
        Assert.NotEmpty(Id(hit[1]));
    }

    private static string Id(string line) => JsonNode.Parse(line)!["custom_id"]!.GetValue<string>();

    private static async Task<(List<string> Plain, List<string> Hit)> LinesAsync(Dialect dialect, FaultKind kind)
    {
        var (plain, hit) = await FilesAsync(dialect, new Fault(kind));
        return (Lines(plain), Lines(hit));

        static List<string> Lines(byte[] file) => [.. Encoding.UTF8.GetString(file).Split('\n')[..^1]];
    }

    /// <summary>The same result file without the fault and with it.</summary>
    private static async Task<(byte[] Plain, byte[] Hit)> FilesAsync(Dialect dialect, Fault fault)
    {
        await using var standIn = await ProviderStandIn.StartAsync();
        using var http = new StandInHttp(standIn);
        var batch = standIn.Batches.Add(dialect, "key-1", ["a", "b", "c", "d"]);
        batch.End();
        var path = dialect is Dialect.Anthropic ? StandInHttp.PathOf(batch)
            + "/results" : $"v1/files/{(await http.JsonAsync(StandInHttp.PathOf(batch)))["output_file_id"]}/content";
        var plain = await ReadAsync();
        standIn.Faults.Arm(dialect is Dialect.Anthropic ? StandInRoute.AnthropicResults : StandInRoute.OpenAiContent, fault);
        return (plain, await ReadAsync());

        async Task<byte[]> ReadAsync()
        {
            using var answer = await http.GetAsync(path);
            return await answer.Content.ReadAsByteArrayAsync();
        }
    }
}
