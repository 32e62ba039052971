using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using JobTracker.Grains.Batches.Providers;

namespace JobTracker.Tests.Integration.Batches;

public sealed class ProviderSubmitTests
{
    private const string Created = """{"id":"b_1","processing_status":"in_progress","status":"validating"}""";

    [Fact]
    public async Task An_anthropic_create_is_one_streamed_post()
    {
        await using var server = new WireServer(async call => await (await call.ReadBodyAsync()).AnswerAsync(200, Created));

        var outcome = await Accounts.Open("anthropic", server.Address).SubmitAsync(Submission("a", "b"), default);

        var call = Assert.Single(server.Calls);
        Assert.Equal(("POST /v1/messages/batches", "application/json", "chunked"),
            (call.Line, call.Headers["Content-Type"], call.Headers["Transfer-Encoding"]));
        Assert.True(JsonElement.DeepEquals(
            JsonElement.Parse("""{"requests":[{"custom_id":"a","params":{"n":"a"}},{"custom_id":"b","params":{"n":"b"}}]}"""),
            JsonElement.Parse(call.Body)));
        Assert.Equal("b_1", Assert.IsType<SubmitOutcome.Created>(outcome).Batch.Id);
    }

    [Fact]
    public async Task An_openai_create_uploads_lines_and_then_names_them_with_our_id()
    {
        await using var server = OpenAI(call => call.AnswerAsync(200, Created));

        var outcome = await Accounts.Open("openai", server.Address).SubmitAsync(Submission("a", "b"), default);

        Assert.IsType<SubmitOutcome.Created>(outcome);
        Assert.Equal(["POST /v1/files", "POST /v1/batches"], server.Lines);
        var (upload, create) = (server.Calls.First().Body, server.Calls.Last().Body);
        Assert.Contains("name=\"purpose\"\r\n\r\nbatch\r\n", upload, StringComparison.Ordinal);
        Assert.Contains("filename=\"batch-7-1.jsonl\"", upload, StringComparison.Ordinal);
        Assert.Contains("""
            {"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{ "n":"a"}}
            {"custom_id":"b","method":"POST","url":"/v1/chat/completions","body":{ "n":"b"}}

            """, upload, StringComparison.Ordinal);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse("""
            {"input_file_id":"file-1","endpoint":"/v1/chat/completions","completion_window":"24h","metadata":{"jobtracker_submission_id":"batch-7/1"}}
            """), JsonElement.Parse(create)));
    }

    [Theory]
    [InlineData(400, "Refused")]
    [InlineData(413, "Refused")]
    [InlineData(422, "Refused")]
    [InlineData(401, "NotCreated")]
    [InlineData(404, "NotCreated")]
    [InlineData(429, "NotCreated")]
    [InlineData(529, "NotCreated")]
    [InlineData(500, "Unknown")]
    [InlineData(502, "Unknown")]
    [InlineData(503, "Unknown")]
    [InlineData(200, "Unknown")]
    public async Task An_answer_without_a_batch_says_what_may_follow(int status, string outcome)
    {
        await using var anthropic = new WireServer(async call => await (await call.ReadBodyAsync()).AnswerAsync(status, "<html>"));
        await using var openai = OpenAI(call => call.AnswerAsync(status, "<html>"));

        Assert.Equal(outcome, (await Accounts.Open("anthropic", anthropic.Address).SubmitAsync(Submission("a"), default)).GetType().Name);
        Assert.Equal(outcome, (await Accounts.Open("openai", openai.Address).SubmitAsync(Submission("a"), default)).GetType().Name);
        Assert.Single(anthropic.Calls);
        Assert.Equal(2, openai.Calls.Count);
    }

    [Theory]
    [InlineData("close")]
    [InlineData("reset")]
    [InlineData("hang")]
    public async Task A_lost_answer_is_unknown_and_the_create_is_not_repeated(string how)
    {
        async Task Lose(WireCall call)
        {
            if (how == "hang")
                await call.HangAsync();
            if (how == "reset")
                call.Reset();
        }
        await using var anthropic = new WireServer(async call => await Lose(await call.ReadBodyAsync()));
        await using var openai = OpenAI(Lose);

        var first = await Accounts.Open("anthropic", anthropic.Address, ("CreateTimeout", "00:00:00.5"))
            .SubmitAsync(Submission("a"), default);
        var second = await Accounts.Open("openai", openai.Address, ("CreateTimeout", "00:00:00.5")).SubmitAsync(Submission("a"), default);

        Assert.IsType<SubmitOutcome.Unknown>(first);
        Assert.IsType<SubmitOutcome.Unknown>(second);
        Assert.Equal((1, 2), (anthropic.Calls.Count, openai.Calls.Count));
    }

    [Fact]
    public async Task An_upload_that_was_lost_created_nothing()
    {
        await using var server = new WireServer(async call => await call.ReadBodyAsync());

        Assert.IsType<SubmitOutcome.NotCreated>(await Accounts.Open("openai", server.Address).SubmitAsync(Submission("a"), default));
    }

    [Fact]
    public async Task A_provider_that_cannot_be_reached_created_nothing()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var address = new Uri($"http://{closed.LocalEndpoint}");
        closed.Stop();

        Assert.IsType<SubmitOutcome.NotCreated>(await Accounts.Open("anthropic", address).SubmitAsync(Submission("a"), default));
    }

    [Fact]
    public async Task A_body_that_could_not_be_finished_created_nothing()
    {
        await using var server = new WireServer(async call => await call.ReadBodyAsync());
        var broken = new BatchSubmission { SubmissionId = "s", Posting = (_, _) => Task.CompletedTask, Items = _ => Breaking() };

        var outcome = await Accounts.Open("anthropic", server.Address).SubmitAsync(broken, default);

        Assert.Contains("the database went away", Assert.IsType<SubmitOutcome.NotCreated>(outcome).Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_breaks_within_the_body_created_nothing()
    {
        await using var server = new WireServer(call =>
        {
            call.Reset();
            return Task.CompletedTask;
        });
        var large =
            new BatchSubmission { SubmissionId = "s", Posting = (_, _) => Task.CompletedTask, Items = _ => Many(20_000, new byte[1024]) };

        Assert.IsType<SubmitOutcome.NotCreated>(await Accounts.Open("anthropic", server.Address).SubmitAsync(large, default));
    }

    /// <summary>An OpenAI that takes uploads, and answers a create as the test says.</summary>
    private static WireServer OpenAI(Func<WireCall, Task> create) => new(async call =>
    {
        await call.ReadBodyAsync();
        await (call.Line.EndsWith("/files", StringComparison.Ordinal) ? call.AnswerAsync(200, """{"id":"file-1"}""") : create(call));
    });

    private static BatchSubmission Submission(params string[] customIds) => new()
    {
        SubmissionId = "batch-7/1",
        Endpoint = "/v1/chat/completions",
        Posting = (_, _) => Task.CompletedTask,
        Items = _ => customIds.ToAsyncEnumerable().Select(id => new SubmissionItem(id, Encoding.UTF8.GetBytes($"{{\n\"n\":\"{id}\"}}"))),
    };

    private static async IAsyncEnumerable<SubmissionItem> Many(int count, byte[] filler)
    {
        Array.Fill(filler, (byte)' ');
        for (var number = 0; number < count; number++)
            yield return new SubmissionItem($"i{number}", (byte[])[(byte)'{', .. filler, (byte)'}']);
        await Task.CompletedTask;
    }

    private static async IAsyncEnumerable<SubmissionItem> Breaking()
    {
        yield return new SubmissionItem("a", "{}"u8.ToArray());
        await Task.Yield();
        throw new InvalidOperationException("the database went away");
    }
}
