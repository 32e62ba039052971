using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Providers.Errors;

namespace JobTracker.Tests.Integration.Batches;

public sealed class ProviderCallTests
{
    private const string Running =
        """{"id":"b_1","processing_status":"in_progress","status":"in_progress","results_url":"http://192.0.2.1/"}""";

    [Fact]
    public async Task An_anthropic_call_carries_its_key_and_version()
    {
        await using var server = new WireServer(call => call.AnswerAsync(200, Running));

        var batch = await Accounts.Open("anthropic", server.Address).GetAsync("b_1", default);

        var call = Assert.Single(server.Calls);
        Assert.Equal(("GET /v1/messages/batches/b_1", "sk-secret-of-main", "2023-06-01"),
            (call.Line, call.Headers["x-api-key"], call.Headers["anthropic-version"]));
        Assert.Equal((ProviderStage.Running, "in_progress"), (batch.Stage, batch.RawStatus));
    }

    [Fact]
    public async Task An_openai_call_carries_its_key_and_a_compatible_endpoints_version()
    {
        await using var server = new WireServer(call => call.AnswerAsync(200, Running));

        await Accounts.Open("openai", new Uri(server.Address, "/openai/v1/"), ("ApiVersion", "preview")).GetAsync("b_1", default);

        var call = Assert.Single(server.Calls);
        Assert.Equal(
            ("GET /openai/v1/batches/b_1?api-version=preview", "Bearer sk-secret-of-main"), (call.Line, call.Headers["Authorization"]));
    }

    [Theory]
    [InlineData("anthropic", "POST /v1/messages/batches/b_1/cancel")]
    [InlineData("openai", "POST /v1/batches/b_1/cancel")]
    public async Task A_cancel_is_one_post(string dialect, string line)
    {
        await using var server = new WireServer(
            call => call.AnswerAsync(200, """{"id":"b_1","processing_status":"canceling","status":"cancelling"}"""));

        var batch = await Accounts.Open(dialect, server.Address).CancelAsync("b_1", default);

        Assert.Equal([line], server.Lines);
        Assert.Equal((ProviderStage.Cancelling, true), (batch.Stage, batch.CancelRequested));
    }

    [Theory]
    [InlineData(429, "{}", "Retry-After: 7", ProviderErrorClass.RateLimited, 7)]
    [InlineData(429, "{}", "Retry-After: Fri, 02 Jan 2026 03:05:05 GMT\r\nDate: Fri, 02 Jan 2026 03:04:05 GMT", ProviderErrorClass.RateLimited, 60)]
    [InlineData(429, "{}", "X: y", ProviderErrorClass.RateLimited, null)]
    [InlineData(502, "<html>bad gateway</html>", "X: y", ProviderErrorClass.Transient, null)]
    [InlineData(529, "{}", "X: y", ProviderErrorClass.Transient, null)]
    [InlineData(401, "{}", "X: y", ProviderErrorClass.NeedsAttention, null)]
    [InlineData(404, "{}", "X: y", ProviderErrorClass.NotFound, null)]
    [InlineData(200, "<html>welcome</html>", "X: y", ProviderErrorClass.Transient, null)]
    [InlineData(200, "{}", "X: y", ProviderErrorClass.Transient, null)]
    [InlineData(200, "", "X: y", ProviderErrorClass.Transient, null)]
    public async Task An_answer_that_is_no_batch_has_its_class(int status, string body, string header, object kind, int? seconds)
    {
        await using var server = new WireServer(call => call.AnswerAsync(status, body, header));

        var error = await FailureAsync(() => Accounts.Open("openai", server.Address).GetAsync("b_1", default));

        Assert.Equal(((ProviderErrorClass)kind, (int?)seconds), (error.Class, (int?)error.RetryAfter?.TotalSeconds));
        Assert.Single(server.Calls);
    }

    [Fact]
    public async Task An_error_keeps_the_providers_words()
    {
        await using var server = new WireServer(call =>
            call.AnswerAsync(
                403, """{"type":"error","error":{"type":"permission_error","message":"no batches for you"}}""", "request-id: req_9"));

        var error = await FailureAsync(() => Accounts.Open("anthropic", server.Address).GetAsync("b_1", default));

        Assert.Equal(
            new ProviderError(ProviderErrorClass.NeedsAttention, "no batches for you", MayHaveActed: false, 403, null, "permission_error",
                "req_9"), error with { Faults = [] });
        Assert.Equal("HTTP 403 permission_error: no batches for you", error.Text);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_with_the_key()
    {
        await using var elsewhere = new WireServer(call => call.AnswerAsync(200, Running));
        await using var server = new WireServer(call => call.AnswerAsync(307, "", $"Location: {elsewhere.Address}"));

        var error = await FailureAsync(() => Accounts.Open("anthropic", server.Address).GetAsync("b_1", default));

        Assert.Equal((ProviderErrorClass.NeedsAttention, 307), (error.Class, error.HttpStatus));
        Assert.Empty(elsewhere.Calls);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a?b=c")]
    [InlineData("")]
    public async Task An_id_that_leads_elsewhere_is_never_called(string id)
    {
        await using var server = new WireServer(call => call.AnswerAsync(200, Running));
        var account = Accounts.Open("openai", server.Address);

        Assert.Equal(ProviderErrorClass.Refused, (await FailureAsync(() => account.GetAsync(id, default))).Class);
        Assert.Equal(ProviderErrorClass.Refused, (await FailureAsync(() => account.CancelAsync(id, default))).Class);
        Assert.Empty(server.Calls);
    }

    [Fact]
    public async Task Silence_before_and_within_an_answer_ends_by_the_deadline()
    {
        await using var silent = new WireServer(call => call.HangAsync());
        await using var halting = new WireServer(async call =>
        {
            await call.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":");
            await call.HangAsync();
        });

        foreach (var server in new[] { silent, halting })
        {
            var error = await FailureAsync(
                () => Accounts.Open("anthropic", server.Address, ("AnswerTimeout", "00:00:00.3")).GetAsync("b_1", default));
            Assert.Equal(ProviderErrorClass.Transient, error.Class);
        }
    }

    [Fact]
    public async Task A_callers_cancellation_stays_one()
    {
        using var caller = new CancellationTokenSource();
        await using var server = new WireServer(async call =>
        {
            await caller.CancelAsync();
            await call.HangAsync();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Accounts.Open("anthropic", server.Address).GetAsync("b_1", caller.Token));
    }

    private static async Task<ProviderError> FailureAsync(Func<Task> call) => (await Assert.ThrowsAsync<ProviderException>(call)).Error;
}
