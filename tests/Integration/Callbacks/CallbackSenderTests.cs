using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using JobTracker.Grains.Callbacks.Delivery;
using JobTracker.Grains.Callbacks.Secrets;
using JobTracker.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace JobTracker.Tests.Integration.Callbacks;

public sealed class CallbackSenderTests
{
    private static async Task<CallbackAttempt> AttemptAsync(TestAnswer answer)
    {
        await using var receiver = await TestReceiver.StartAsync();
        await using var setup = new CallbackSetup();
        receiver.Answer = _ => answer;
        return await setup.SendAsync(receiver.Url());
    }

    /// <summary>A server that says these bytes to whoever connects, then closes.</summary>
    private static async Task<CallbackAttempt> AttemptAtSocketAsync(byte[] says)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var setup = new CallbackSetup();
        var attempt = setup.SendAsync($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        using (var client = await listener.AcceptTcpClientAsync())
        {
            await using var stream = client.GetStream();
            Assert.True(await stream.ReadAsync(new byte[4_096]) > 0);
            await stream.WriteAsync(says);
            client.Client.Shutdown(SocketShutdown.Send);
            await attempt; // closing sooner could reset what is still on its way
        }
        return await attempt;
    }

    [Fact]
    public async Task A_receiver_gets_a_signed_POST_of_the_body()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero));
        await using var receiver = await TestReceiver.StartAsync();
        await using var setup = new CallbackSetup(clock);

        var attempt = await setup.SendAsync(receiver.Url("/hook?token=1"));

        var request = await receiver.NextAsync();
        Assert.Equal(new CallbackAttempt(clock.GetUtcNow(), TimeSpan.Zero, 204, null, null), attempt);
        Assert.True(attempt is { IsDelivered: true, HostIsWell: true });
        Assert.Equal(("POST", "/hook?token=1", "{\"job_id\":\"job-1\"}"), (request.Method, request.Path, request.Text));
        Assert.Equal(("application/json", "msg_1", "1777863721"),
            (request.Headers["content-type"], request.Id, request.Headers["webhook-timestamp"]));
        Assert.True(request.IsSignedWith(setup.Secret.Text, clock.GetUtcNow()));
    }

    [Fact]
    public async Task Our_trace_is_not_shown_to_a_receiver()
    {
        await using var receiver = await TestReceiver.StartAsync();
        await using var setup = new CallbackSetup();
        using var activity = new Activity("ours").Start();

        await setup.SendAsync(receiver.Url());

        Assert.DoesNotContain("traceparent", (await receiver.NextAsync()).Headers.Keys);
    }

    [Fact]
    public async Task A_receiver_of_either_secret_accepts_during_a_rotation()
    {
        await using var receiver = await TestReceiver.StartAsync();
        await using var setup = new CallbackSetup();
        var now = TimeProvider.System.GetUtcNow();
        var next = CallbackSecret.Generate();

        await setup.Sender.SendAsync(
            CallbackSetup.Message(receiver.Url()), new CallbackSecrets(setup.Secret).Rotate(next, now, TimeSpan.FromHours(24)), default);

        var request = await receiver.NextAsync();
        Assert.True(request.IsSignedWith(setup.Secret.Text, now) && request.IsSignedWith(next.Text, now));
    }

    [Theory]
    [InlineData(200, null, true)]
    [InlineData(299, null, true)]
    [InlineData(301, "redirect 301 is not followed", true)]
    [InlineData(308, "redirect 308 is not followed", true)]
    [InlineData(404, "answered 404", true)]
    [InlineData(410, "answered 410: the receiver wants no more callbacks", true)]
    [InlineData(429, "answered 429", false)]
    [InlineData(500, "answered 500", false)]
    public async Task Only_2xx_is_success(int status, string? error, bool hostIsWell)
    {
        var attempt = await AttemptAsync(TestAnswer.Status(status));

        Assert.Equal(
            (status, error, error is null, hostIsWell), (attempt.StatusCode, attempt.Error, attempt.IsDelivered, attempt.HostIsWell));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var receiver = await TestReceiver.StartAsync();
        await using var setup = new CallbackSetup();
        receiver.Answer = _ => TestAnswer.Status(307, ("location", receiver.Url("/elsewhere")));

        await setup.SendAsync(receiver.Url());

        Assert.Equal(1, receiver.Count);
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("0", 0)]
    [InlineData("2147483647", int.MaxValue)]
    [InlineData("2147483648", int.MaxValue)]
    [InlineData("99999999999999999999", int.MaxValue)]
    [InlineData("99999999999999999999 seconds", null)]
    [InlineData("Mon, 04 May 2026 03:03:01 GMT", 60)]
    [InlineData("Mon, 04 May 2026 03:00:00 GMT", 0)] // already past
    [InlineData("soon", null)]
    [InlineData("-1", null)]
    public async Task Retry_After_is_read_as_seconds_and_as_a_date(string value, int? seconds)
    {
        await using var receiver = await TestReceiver.StartAsync();
        await using var setup = new CallbackSetup(new FakeTimeProvider(new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero)));
        receiver.Answer = _ => TestAnswer.Status(429, ("retry-after", value));

        var attempt = await setup.SendAsync(receiver.Url());

        Assert.Equal(new CallbackAnswer(429, seconds is { } some ? TimeSpan.FromSeconds(some) : null), attempt.Answer);
    }

    [Fact]
    public async Task A_receiver_that_hangs_is_given_up_after_the_timeout()
    {
        var clock = new FakeTimeProvider();
        await using var receiver = await TestReceiver.StartAsync();
        await using var setup = new CallbackSetup(clock);
        receiver.Answer = _ => TestAnswer.Hang;
        var sending = setup.SendAsync(receiver.Url());
        await receiver.NextAsync();

        clock.Advance(TimeSpan.FromSeconds(4.999));
        Assert.False(sending.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.001));

        var attempt = await sending;
        Assert.Equal((null, "timed out after 5 s", TimeSpan.FromSeconds(5), false),
            (attempt.StatusCode, attempt.Error, attempt.Duration, attempt.HostIsWell));
    }

    [Fact]
    public async Task The_timeout_includes_finding_the_host()
    {
        var clock = new FakeTimeProvider();
        var asked = new TaskCompletionSource();
        await using var setup = new CallbackSetup(clock, async (_, cancellation) =>
        {
            asked.SetResult();
            await cancellation.WhenCancelled();
            return [];
        });
        var sending = setup.SendAsync("http://slow.example/");
        await asked.Task;

        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("timed out after 5 s", (await sending).Error);
    }

    [Fact]
    public async Task A_receiver_that_resets_the_connection_is_a_failed_attempt()
    {
        var attempt = await AttemptAsync(TestAnswer.Reset);

        Assert.Contains(attempt.Error, (string[])["connection reset", "connection closed before an answer"]);
        Assert.Null(attempt.StatusCode);
    }

    [Fact]
    public async Task A_port_that_nobody_listens_on_is_a_failed_attempt()
    {
        await using var setup = new CallbackSetup();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        Assert.Equal("connection refused", (await setup.SendAsync($"http://127.0.0.1:{port}/")).Error);
    }

    [Fact]
    public async Task An_endless_body_is_not_read_to_its_end_and_the_status_counts()
    {
        var attempt = await AttemptAsync(TestAnswer.Endless);

        Assert.Equal((200, null), (attempt.StatusCode, attempt.Error));
    }

    [Fact]
    public async Task A_body_that_never_comes_costs_the_timeout_and_the_status_counts()
    {
        await using var receiver = await TestReceiver.StartAsync();
        await using var setup = new CallbackSetup(null, null, ("Timeout", "00:00:02")); // real time: only the sender sees the headers arrive
        receiver.Answer = _ => TestAnswer.Dawdle;

        var attempt = await setup.SendAsync(receiver.Url());

        Assert.Equal((200, null), (attempt.StatusCode, attempt.Error));
        Assert.True(attempt.Duration >= TimeSpan.FromSeconds(1.9), $"{attempt.Duration}");
    }

    [Fact]
    public async Task What_is_no_HTTP_is_a_failed_attempt() =>
        Assert.Equal(
            "answered with something that is not HTTP", (await AttemptAtSocketAsync("220 mail.example ESMTP\r\n"u8.ToArray())).Error);

    [Fact]
    public async Task A_connection_closed_without_an_answer_is_a_failed_attempt() =>
        Assert.Equal("connection closed before an answer", (await AttemptAtSocketAsync([])).Error);

    [Fact]
    public async Task Endless_headers_are_a_failed_attempt() =>
        Assert.Equal("answered with too large headers",
            (await AttemptAtSocketAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nx: " + new string('x', 20_000)))).Error);

    [Fact]
    public async Task A_connection_serves_the_next_callback_too()
    {
        await using var receiver = await TestReceiver.StartAsync();
        await using var setup = new CallbackSetup();

        await setup.SendAsync(receiver.Url());
        await setup.SendAsync(receiver.Url());

        Assert.Equal((await receiver.NextAsync()).Connection, (await receiver.NextAsync()).Connection);
    }

    [Fact]
    public async Task A_silo_that_stops_interrupts_an_attempt()
    {
        await using var receiver = await TestReceiver.StartAsync();
        await using var setup = new CallbackSetup();
        using var stop = new CancellationTokenSource();
        receiver.Answer = _ => TestAnswer.Hang;
        var sending = setup.SendAsync(receiver.Url(), stop.Token);
        await receiver.NextAsync();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }
}
