using System.Text.Json;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Gateway;

/// <summary>A gateway whose silo may call receivers of this machine.</summary>
public sealed class CallingHost : IAsyncLifetime
{
    internal GatewayHost Gateway { get; } = new(("Callbacks:AllowedNetworks:0", "127.0.0.0/8"));

    public ValueTask InitializeAsync() => Gateway.InitializeAsync();

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}

/// <summary>Callbacks as HTTP shows them, sent to a real receiver.</summary>
public sealed class CallbacksApiTests(CallingHost host) : IClassFixture<CallingHost>
{
    private readonly ApiClient _api = host.Gateway.NewCaller();

    [Fact]
    public async Task A_delivered_callback_is_shown_listed_and_sent_again()
    {
        await using var receiver = await TestReceiver.StartAsync();
        var secret = (await _api.GetAsync("/v1/callback-secret")).Ok();
        Assert.Equal(
            ("no-store", JsonValueKind.False, JsonValueKind.Null),
            (secret.Header("Cache-Control"), secret.Body.GetProperty(
                "is_configured").ValueKind, secret.Body.GetProperty("previous_signs_until").ValueKind));
        var id = await CompletedAsync(receiver);
        Assert.True((await receiver.NextAsync()).IsSignedWith(secret.Text("secret"), TimeProvider.System.GetUtcNow()));
        var job = await AfterAttemptsAsync(id, 1);
        Assert.Equal((204, 1, JsonValueKind.Null, JsonValueKind.Null, JsonValueKind.String), Standing(job));

        var attempt = Assert.Single(
            (await _api.GetAsync($"/v1/jobs/{id}/callback/attempts")).Ok().Body.GetProperty("attempts").EnumerateArray().ToList());
        Assert.Equal((job.GetProperty("callback_sent_at").GetString(), 204, JsonValueKind.Null),
            (attempt.GetProperty("at").GetString(), attempt.GetProperty("status_code").GetInt32(), attempt.GetProperty("error").ValueKind));
        Assert.InRange(attempt.GetProperty("duration_ns").GetInt64(), 1, 5_000_000_000);

        Assert.Equal(
            "412 version_mismatch", (await _api.PostAsync($"/v1/jobs/{id}/callback/redeliver", null, ("If-Match", "\"1\""))).Problem);
        var owing = (await _api.PostAsync($"/v1/jobs/{id}/callback/redeliver/", null)).Ok().Body;
        Assert.Equal((JsonValueKind.String, JsonValueKind.Null),
            (owing.GetProperty("callback_next_attempt_at").ValueKind, owing.GetProperty("callback_delivered_at").ValueKind));
        Assert.Equal((204, 2, JsonValueKind.Null, JsonValueKind.Null, JsonValueKind.String), Standing(await AfterAttemptsAsync(id, 2)));
    }

    /// <summary>A receiver may route by it, or sign it.</summary>
    [Theory]
    [InlineData("/a/../b")]
    [InlineData("/a//b/./c?x=%7E&y=%2f#part")]
    [InlineData("?x=1")]
    public async Task A_target_is_requested_octet_for_octet_as_it_was_given(string target)
    {
        await using var receiver = await TestReceiver.StartAsync();
        var url = receiver.Url(target);
        var made = (await _api.PostAsync("/v1/jobs", $$"""{"status":"running","callback_url":"{{url}}"}""")).Created();
        Assert.Equal(url, made.Text("callback_url"));
        (await _api.PatchAsync($"/v1/jobs/{made.Text("id")}", """{"status":"completed"}""")).Ok();

        var sent = target.StartsWith('?') ? "/" + target : target.Split('#')[0];
        Assert.Equal(sent, (await receiver.NextAsync()).Target);
    }

    [Fact]
    public async Task A_rotated_secret_signs_beside_the_old_one()
    {
        await using var receiver = await TestReceiver.StartAsync();
        var old = (await _api.GetAsync("/v1/callback-secret")).Ok().Text("secret");
        var rotated = (await _api.PostAsync("/v1/callback-secret/rotate", null)).Ok();
        Assert.Equal(rotated.Raw, (await _api.GetAsync("/v1/callback-secret/")).Ok().Raw);
        Assert.InRange(rotated.Body.GetProperty("previous_signs_until")
            .GetDateTimeOffset(), TimeProvider.System.GetUtcNow().AddHours(23.9), TimeProvider.System.GetUtcNow().AddHours(24));
        await CompletedAsync(receiver);
        var request = await receiver.NextAsync();
        Assert.All([old, rotated.Text("secret")], secret => Assert.True(request.IsSignedWith(secret, TimeProvider.System.GetUtcNow())));
        Assert.NotEqual(rotated.Text("secret"), (await host.Gateway.NewCaller().GetAsync("/v1/callback-secret")).Text("secret"));
    }

    [Fact]
    public async Task What_has_no_callback_to_send_again_says_why()
    {
        var plain = await _api.CreateAsync();
        var running = await _api.PostAsync($"/v1/jobs/{plain}/callback/redeliver", null);
        Assert.Equal(("409 nothing_to_redeliver", "false", "created", "The job has no callback_url."),
            (running.Problem, running.Header("x-should-retry"), running.Text("from"), running.Text("detail")));
        Assert.Empty((await _api.GetAsync($"/v1/jobs/{plain}/callback/attempts")).Ok().Body.GetProperty("attempts").EnumerateArray());
        Assert.Equal("422 invalid_body", (await _api.PostAsync("/v1/jobs", """{"callback_url":"http://169.254.169.254/"}""")).Problem);
    }

    [Fact]
    public async Task Who_may_only_read_learns_no_secret()
    {
        var reader = host.Gateway.Caller("org-reader", scopes: "jobs:read");
        Assert.Equal("403 insufficient_scope", (await reader.GetAsync("/v1/callback-secret")).Problem);
        Assert.Equal("403 insufficient_scope", (await reader.PostAsync("/v1/callback-secret/rotate", null)).Problem);
        Assert.Equal("401 unauthenticated", (await host.Gateway.Stranger().GetAsync("/v1/callback-secret")).Problem);
    }

    [Fact]
    public async Task A_configured_secret_cannot_be_rotated()
    {
        const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        await using var configured = new GatewayHost(("Callbacks:SigningSecret", Secret));
        await configured.InitializeAsync();
        var api = configured.NewCaller();
        Assert.Equal(Secret, (await api.GetAsync("/v1/callback-secret")).Ok().Text("secret"));
        var refused = await api.PostAsync("/v1/callback-secret/rotate", null);
        Assert.Equal(("409 callback_secret_configured", "false"), (refused.Problem, refused.Header("x-should-retry")));
    }

    private static (int StatusCode, int Attempts, JsonValueKind Error, JsonValueKind Next, JsonValueKind Delivered) Standing(
        JsonElement job) => (
        job.GetProperty("callback_status_code").GetInt32(),
        job.GetProperty("callback_attempts").GetInt32(),
        job.GetProperty("callback_error").ValueKind,
        job.GetProperty("callback_next_attempt_at").ValueKind,
        job.GetProperty("callback_delivered_at").ValueKind);

    private async Task<string> CompletedAsync(TestReceiver receiver)
    {
        var id = await _api.CreateAsync($$"""{"status":"running","callback_url":"{{receiver.Url()}}"}""");
        (await _api.PatchAsync($"/v1/jobs/{id}", """{"status":"completed"}""")).Ok();
        return id;
    }

    /// <summary>The job once so many attempts are recorded; the server does the waiting.</summary>
    private async Task<JsonElement> AfterAttemptsAsync(string id, int attempts)
    {
        var job = (await _api.GetAsync($"/v1/jobs/{id}")).Ok().Body;
        while (job.GetProperty("callback_attempts").GetInt32() < attempts)
            job = (await _api.GetAsync($"/v1/jobs/{id}?wait=10&after_version={job.GetProperty("version").GetInt64()}")).Ok().Body;
        return job;
    }
}
