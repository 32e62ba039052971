using System.IO.Compression;
using System.Text;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Providers.Errors;

namespace JobTracker.Tests.Integration.Batches;

public sealed class ProviderResultsTests
{
    private static readonly ResultFile Results = new(0, "results", "results");

    private static readonly ProviderBatch Ended = new()
    {
        Id = "b_1",
        Stage = ProviderStage.Ended,
        RawStatus = "ended",
        End = ProviderEnd.Completed,
        Files = [Results],
    };

    [Fact]
    public async Task Lines_come_with_their_bytes_number_and_outcome()
    {
        await using var server = new WireServer(call => call.AnswerAsync(200, $"\uFEFF{Line("a")}\r\n\n{Line("b")}"));

        var lines = await ReadAsync(Accounts.Open("anthropic", server.Address));

        Assert.Equal(["a Completed at 0:1", "b Completed at 0:3"], lines.Select(Show));
        Assert.Equal(Line("b"), Encoding.UTF8.GetString(lines[1].Raw.Span));
        Assert.Equal(["GET /v1/messages/batches/b_1/results"], server.Lines);
    }

    [Fact]
    public async Task A_zipped_file_reads_the_same()
    {
        await using var server = new WireServer(async call =>
        {
            await call.BeginAsync("Content-Encoding: gzip");
            await call.SendAsync(Zip($"{Line("a")}\n{Line("b")}\n"));
        });

        Assert.Equal(
            ["a Completed at 0:1", "b Completed at 0:2"], (await ReadAsync(Accounts.Open("anthropic", server.Address))).Select(Show));
    }

    [Fact]
    public async Task A_zipped_file_that_was_cut_is_not_taken_for_whole()
    {
        var zipped = Zip(string.Concat(Enumerable.Range(0, 2000).Select(number => Line($"item-{number}-{number * 7919 % 1000}") + "\n")));
        await using var server = new WireServer(async call =>
        {
            await call.BeginAsync("Content-Encoding: gzip");
            await call.SendAsync(zipped[..(zipped.Length / 2)]);
        });

        var lines = await ReadUntilFailureAsync(Accounts.Open("anthropic", server.Address));

        Assert.True(lines[^1] is "failed Transient" || lines[^1].StartsWith("cut", StringComparison.Ordinal), lines[^1]);
    }

    [Fact]
    public async Task A_bad_line_is_set_aside_and_the_rest_is_read()
    {
        var tooLong = Line(new string('x', 2000));
        await using var server = new WireServer(call => call.AnswerAsync(200, $"{Line("a")}\n<oops>\n{tooLong}\n{Line("b")}\n"));

        var lines = await ReadAsync(Accounts.Open("anthropic", server.Address, ("MaxLineBytes", "1024")));

        Assert.Equal(["a Completed at 0:1", "quarantined at 0:2", "quarantined at 0:3", "b Completed at 0:4"], lines.Select(Show));
        Assert.Equal("<oops>", Encoding.UTF8.GetString(lines[1].Raw.Span));
    }

    [Fact]
    public async Task A_clean_end_within_a_line_is_told_and_goes_on_from_the_line_before()
    {
        var whole = $"{Line("a")}\n{Line("b")}\n";
        await using var server = new WireServer(async call =>
        {
            await call.BeginAsync();
            await call.SendAsync(whole[..^5]);
        });

        var lines = await ReadAsync(Accounts.Open("anthropic", server.Address));

        Assert.Equal(["a Completed at 0:1", "cut at 0:1"], lines.Select(Show));
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("short")]
    [InlineData("hang")]
    public async Task A_file_that_breaks_gives_its_whole_lines_and_then_fails(string how)
    {
        await using var server = new WireServer(async call =>
        {
            await call.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n{Line("a")}\n{Line("b")[..8]}");
            if (how == "hang")
                await call.HangAsync();
            if (how == "reset")
            {
                await call.Read;
                call.Reset();
            }
        });
        var account = Accounts.Open("anthropic", server.Address, ("ReadIdleTimeout", "00:00:00.5"));

        List<string> lines = [];
        var failure = await Assert.ThrowsAsync<ProviderException>(async () =>
        {
            await foreach (var line in account.ReadResultsAsync(Ended, Results, 0, default))
            {
                lines.Add(Show(line));
                server.Calls.Single().MarkRead();
            }
        });

        Assert.Equal(["a Completed at 0:1"], lines);
        Assert.Equal(ProviderErrorClass.Transient, failure.Error.Class);
    }

    [Fact]
    public async Task A_slow_reader_is_not_a_silent_provider()
    {
        var pause = new ManualPause();
        await using var server = new WireServer(async call =>
        {
            await call.BeginAsync();
            await call.SendAsync($"{Line("a")}\n");
            await pause.Released;
            await call.SendAsync($"{Line("b")}\n");
        });
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var accounts = new Accounts(clock).Add("main", "anthropic", server.Address);

        List<string> lines = [];
        await foreach (var line in accounts["main"].ReadResultsAsync(Ended, Results, 0, default))
        {
            lines.Add(Show(line));
            clock.Advance(TimeSpan.FromHours(1));
            pause.Release();
        }

        Assert.Equal(["a Completed at 0:1", "b Completed at 0:2"], lines);
    }

    [Fact]
    public async Task Both_files_are_read_and_a_pass_goes_on_where_it_stopped()
    {
        await using var server = new WireServer(call => call.AnswerAsync(200, call.Line.Contains("file-o", StringComparison.Ordinal)
            ? """
              {"custom_id":"a","response":{"status_code":200}}
              {"custom_id":"b","response":{"status_code":200}}
              """
            : """
              {"custom_id":"c","response":{"status_code":400}}
              {"custom_id":"d","error":{"code":"batch_expired"}}
              """));
        var account = Accounts.Open("openai", server.Address);
        ResultFile output = new(0, "output file", "file-o"), errors = new(1, "error file", "file-e");

        Assert.Equal(["a Completed at 0:1", "b Completed at 0:2"], (await ReadAsync(account, output)).Select(Show));
        Assert.Equal(["b Completed at 0:2"], (await ReadAsync(account, output, after: 1)).Select(Show));
        Assert.Empty(await ReadAsync(account, output, after: 2));
        Assert.Equal(["c Failed at 1:1", "d Expired at 1:2"], (await ReadAsync(account, errors)).Select(Show));
        Assert.Equal(["GET /v1/files/file-o/content", "GET /v1/files/file-e/content"], server.Lines.Distinct());
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("text/html; charset=utf-8")]
    public async Task A_page_for_people_is_no_file_of_results(string contentType)
    {
        await using var server = new WireServer(async call =>
        {
            await call.BeginAsync($"Content-Type: {contentType}");
            await call.SendAsync("<html>We will be back soon.</html>");
        });

        var failure = await Assert.ThrowsAsync<ProviderException>(() => ReadAsync(Accounts.Open("anthropic", server.Address)));

        Assert.Equal(ProviderErrorClass.Unusable, failure.Error.Class);
    }

    [Fact]
    public async Task A_file_that_comes_slower_than_the_least_rate_is_given_up()
    {
        await using var server = new WireServer(async call =>
        {
            await call.BeginAsync();
            using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            for (var piece = 0; piece < 100 && await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken); piece++)
                await call.SendAsync("x");
        });

        var failure = await Assert.ThrowsAsync<ProviderException>(
            () =>
                ReadAsync(
                    Accounts.Open("anthropic", server.Address, ("ReadIdleTimeout", "00:00:00.3"), ("LeastBytesPerSecond", "100000"))));

        Assert.Equal((ProviderErrorClass.Transient, "No progress for 0 s, or less than 100000 bytes a second."),
            (failure.Error.Class, failure.Error.Message));
    }

    [Fact]
    public async Task A_file_that_takes_too_long_in_all_is_given_up()
    {
        await using var server = new WireServer(async call =>
        {
            await call.BeginAsync();
            for (var line = 0; line < 10_000; line++)
                await call.SendAsync($"{Line("a")}\n");
            await call.HangAsync();
        });

        var failure = await Assert.ThrowsAsync<ProviderException>(
            () => ReadAsync(Accounts.Open("anthropic", server.Address, ("TransferTimeout", "00:00:01"), ("ReadIdleTimeout", "00:01:00"))));

        Assert.Equal((ProviderErrorClass.Transient, "It took longer than 1 s."), (failure.Error.Class, failure.Error.Message));
    }

    private static string Line(string customId) =>
        $"{{\"custom_id\":\"{customId}\",\"result\":{{\"type\":\"succeeded\",\"message\":{{}}}}}}";

    private static string Show(ResultLine line) => line switch
    {
        ResultLine.Item item => $"{item.CustomId} {item.Outcome.Status} at {At(line)}",
        ResultLine.Cut => $"cut at {At(line)}",
        _ => $"quarantined at {At(line)}",
    };

    private static string At(ResultLine line) => $"{line.At.File}:{line.At.Line}";

    private static async Task<List<ResultLine>> ReadAsync(IBatchProvider account, ResultFile? file = null, long after = 0)
    {
        List<ResultLine> lines = [];
        await foreach (var line in account.ReadResultsAsync(Ended, file ?? Results, after, default))
            lines.Add(line);
        return lines;
    }

    private static async Task<List<string>> ReadUntilFailureAsync(IBatchProvider account)
    {
        List<string> lines = [];
        try
        {
            await foreach (var line in account.ReadResultsAsync(Ended, Results, 0, default))
                lines.Add(Show(line));
        }
        catch (ProviderException failure)
        {
            lines.Add($"failed {failure.Error.Class}");
        }
        return lines;
    }

    private static byte[] Zip(string text)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Optimal))
            zip.Write(Encoding.UTF8.GetBytes(text));
        return zipped.ToArray();
    }

    private sealed class ManualPause
    {
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public Task Released => _released.Task;
        public void Release() => _released.TrySetResult();
    }
}
