using System.IO.Compression;
using System.Text;
using JobTracker.Tests.StandIn;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Faults;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.Integration.StandIn;

/// <summary>Faults of the transport, in the middle of a body.</summary>
public sealed class BodyFaultTests
{
    [Theory]
    [InlineData(Dialect.Anthropic)]
    [InlineData(Dialect.OpenAi)]
    public async Task A_clean_end_on_a_line_boundary_leaves_whole_lines_and_no_error(Dialect dialect)
    {
        await using var standIn = await ProviderStandIn.StartAsync();
        var body = await CutResultsAsync(standIn, dialect, new Fault(FaultKind.EndOnLineBoundary) { AtLine = 3 });
        Assert.Equal(2, body.Count(character => character == '\n'));
        Assert.EndsWith("\n", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Dialect.Anthropic)]
    [InlineData(Dialect.OpenAi)]
    public async Task A_clean_end_in_a_line_leaves_half_a_line_and_no_error(Dialect dialect)
    {
        await using var standIn = await ProviderStandIn.StartAsync();
        var body = await CutResultsAsync(standIn, dialect, new Fault(FaultKind.EndMidLine));
        var last = body.Split('\n')[^1];
        Assert.Equal((1, 20), (body.Count(character => character == '\n'), last.Length));
    }

    [Fact]
    public async Task A_clean_end_hits_a_batch_object_in_its_only_line()
    {
        await using var standIn = await ProviderStandIn.StartAsync();
        using var http = new StandInHttp(standIn);
        standIn.Faults.Arm(StandInRoute.AnthropicGet, FaultKind.EndMidLine);
        using var answer = await http.GetAsync(StandInHttp.PathOf(standIn.Batches.Add(Dialect.Anthropic, "key-1", ["a"])));
        Assert.Equal("""{"id":"msgbatch_""".Length + 4, (await answer.Content.ReadAsStringAsync()).Length);
    }

    [Fact]
    public async Task A_reset_in_a_line_is_an_error_of_the_connection_after_what_was_sent()
    {
        await using var standIn = await ProviderStandIn.StartAsync();
        using var http = new StandInHttp(standIn);
        standIn.Faults.Arm(StandInRoute.AnthropicResults, new Fault(FaultKind.ResetMidLine) { AtLine = 3 });
        using var answer = await http.GetAsync(StandInHttp.PathOf(Ended(standIn, Dialect.Anthropic)) + "/results");
        using var received = new MemoryStream();
        await Assert.ThrowsAnyAsync<IOException>(async () => await (await answer.Content.ReadAsStreamAsync()).CopyToAsync(received));
        var lines = Encoding.UTF8.GetString(received.ToArray()).Split('\n');
        Assert.Equal((3, 20), (lines.Length, lines[2].Length));
    }

    [Fact]
    public async Task A_hang_in_a_body_sends_its_beginning_and_then_nothing_until_the_client_gives_up()
    {
        await using var standIn = await ProviderStandIn.StartAsync();
        using var http = new StandInHttp(standIn);
        standIn.Faults.Arm(StandInRoute.AnthropicResults, FaultKind.HangMidBody);
        using var answer = await http.GetAsync(StandInHttp.PathOf(Ended(standIn, Dialect.Anthropic)) + "/results");
        var body = await answer.Content.ReadAsStreamAsync();

        var begun = await new StreamReader(body, leaveOpen: true).ReadLineAsync();
        Assert.StartsWith("""{"custom_id":""", begun, StringComparison.Ordinal);
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => body.CopyToAsync(Stream.Null, patience.Token));

        answer.Dispose();
        await standIn.Journal.Of(StandInRoute.AnthropicResults)[0].Answered.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_gzip_body_says_so_and_unpacks_to_the_lines()
    {
        await using var standIn = await ProviderStandIn.StartAsync();
        using var http = new StandInHttp(standIn);
        var batch = Ended(standIn, Dialect.Anthropic);
        var plain = await http.ResultsAsync(batch);
        standIn.Faults.Arm(StandInRoute.AnthropicResults, FaultKind.Gzip);

        using var answer = await http.GetAsync(StandInHttp.PathOf(batch) + "/results");
        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        await using var unpacked = new GZipStream(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        await unpacked.CopyToAsync(bytes);
        Assert.Equal(plain, bytes.ToArray());
    }

    private static async Task<string> CutResultsAsync(ProviderStandIn standIn, Dialect dialect, Fault fault)
    {
        using var http = new StandInHttp(standIn);
        var batch = Ended(standIn, dialect);
        standIn.Faults.Arm(dialect is Dialect.Anthropic ? StandInRoute.AnthropicResults : StandInRoute.OpenAiContent, fault);
        var path = dialect is Dialect.Anthropic
            ? StandInHttp.PathOf(batch) + "/results"
            : $"v1/files/{(await http.JsonAsync(StandInHttp.PathOf(batch)))["output_file_id"]}/content";
        using var answer = await http.GetAsync(path);
        return Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync());
    }

    private static ProviderBatch Ended(ProviderStandIn standIn, Dialect dialect)
    {
        var batch = standIn.Batches.Add(dialect, "key-1", ["a", "b", "c", "d"]);
        batch.End();
        return batch;
    }
}
