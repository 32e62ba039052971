using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Gateway;

public sealed class EventsTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private readonly ApiClient _api = host.NewCaller();

    [Fact]
    public async Task The_job_comes_at_once_then_every_version_until_it_ends()
    {
        var id = await _api.CreateAsync();
        await using var stream = await EventStream.OpenAsync(_api, id);

        Assert.Equal("message 1 created", await stream.NextAsync());
        foreach (var status in new[] { "pending", "running", "completed" })
            await _api.PatchAsync($"/v1/jobs/{id}", $$"""{"status":"{{status}}"}""");
        Assert.Equal("message 2 pending", await stream.NextAsync());
        Assert.Equal("message 3 running", await stream.NextAsync());
        Assert.Equal("message 4 completed", await stream.NextAsync());
        Assert.Null(await stream.NextAsync());
    }

    [Fact]
    public async Task A_stream_of_an_ended_job_tells_its_end_and_ends()
    {
        var id = await _api.CreateAsync();
        await _api.PostAsync($"/v1/jobs/{id}/cancel", null);
        await using var stream = await EventStream.OpenAsync(_api, id);

        Assert.Equal("message 2 cancelled", await stream.NextAsync());
        Assert.Null(await stream.NextAsync());
    }

    [Fact]
    public async Task A_client_that_comes_back_is_told_what_it_missed()
    {
        var id = await _api.CreateAsync();
        await using (var first = await EventStream.OpenAsync(_api, id))
        {
            Assert.Equal("message 1 created", await first.NextAsync());
            await _api.PatchAsync($"/v1/jobs/{id}", """{"status":"pending"}""");
            await _api.PatchAsync($"/v1/jobs/{id}", """{"status":"running"}""");
            Assert.Equal("message 2 pending", await first.NextAsync());
        }
        await using var second = await EventStream.OpenAsync(_api, id, ("Last-Event-ID", "2"));

        Assert.Equal("message 3 running", await second.NextAsync());
        await _api.PatchAsync($"/v1/jobs/{id}", """{"status":"failed"}""");
        Assert.Equal("message 4 failed", await second.NextAsync());
        Assert.Null(await second.NextAsync());
    }

    [Fact]
    public async Task A_client_that_knows_all_hears_what_is_new_only()
    {
        var id = await _api.CreateAsync();
        await using var stream = await EventStream.OpenAsync(_api, id, ("Last-Event-ID", "1"));
        await _api.PatchAsync($"/v1/jobs/{id}", """{"status":"pending"}""");

        Assert.Equal("message 2 pending", await stream.NextAsync());
    }

    [Fact]
    public async Task A_client_that_knows_all_hears_at_once_that_the_stream_stands()
    {
        await using var quiet = new GatewayHost(("Limits:StreamComment", "00:10:00"));
        await quiet.InitializeAsync();
        var api = quiet.NewCaller();
        var id = await api.CreateAsync();
        foreach (var seen in (string[])["1", "7"])
        {
            using var response = await api.OpenAsync($"/v1/jobs/{id}/events", ("Last-Event-ID", seen));
            using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
            Assert.Equal(": still here", await lines.ReadLineAsync().Soon());
        }
    }

    [Fact]
    public async Task A_client_that_knows_the_end_is_told_not_to_come_back()
    {
        var id = await _api.CreateAsync();
        await _api.PostAsync($"/v1/jobs/{id}/cancel", null);

        Assert.Equal(204, (await _api.GetAsync($"/v1/jobs/{id}/events", ("Last-Event-ID", "2"))).Status);
    }

    [Fact]
    public async Task A_deletion_is_the_last_event()
    {
        var id = await _api.CreateAsync();
        await using var stream = await EventStream.OpenAsync(_api, id);
        await stream.NextAsync();
        await _api.DeleteAsync($"/v1/jobs/{id}");

        Assert.Equal($"deleted  {id}", await stream.NextAsync());
        Assert.Null(await stream.NextAsync());
    }

    [Fact]
    public async Task A_silent_stream_says_that_it_lives()
    {
        await using var quick = new GatewayHost(("Limits:StreamComment", "00:00:00.100"));
        await quick.InitializeAsync();
        var api = quick.NewCaller();
        using var response = await api.OpenAsync($"/v1/jobs/{await api.CreateAsync()}/events");
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());

        Assert.StartsWith("data: {", await lines.ReadLineAsync().Soon());
        Assert.Equal(
            ["id: 1", "", ": still here", "", ": still here"], [await Line(), await Line(), await Line(), await Line(), await Line()]);

        Task<string?> Line() => lines.ReadLineAsync().Soon();
    }

    [Fact]
    public async Task An_organization_has_so_many_streams_and_a_closed_one_makes_room()
    {
        await using var small = new GatewayHost(("Limits:Streams", "2"), ("Limits:StreamComment", "00:00:00.100"));
        await small.InitializeAsync();
        var (api, other) = (small.NewCaller(), small.NewCaller());
        var id = await api.CreateAsync();
        await using var first = await EventStream.OpenAsync(api, id);
        var second = await EventStream.OpenAsync(api, id);

        var refused = await api.GetAsync($"/v1/jobs/{id}/events");
        Assert.Equal(("429 too_many_streams", "5"), (refused.Problem, refused.Header("Retry-After")));
        await using var foreign = await EventStream.OpenAsync(other, await other.CreateAsync());
        await second.DisposeAsync();
        await OpensAgain(api, id).Soon();
    }

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    public async Task What_is_no_event_id_is_refused(string header)
    {
        var id = await _api.CreateAsync();

        Assert.Equal("422 invalid_header", (await _api.GetAsync($"/v1/jobs/{id}/events", ("Last-Event-ID", header))).Problem);
    }

    /// <summary>The server notices in its own time that a client has gone.</summary>
    private static async Task OpensAgain(ApiClient api, string id)
    {
        int status;
        do
        {
            using var response = await api.OpenAsync($"/v1/jobs/{id}/events");
            status = (int)response.StatusCode;
        }
        while (status == 429);
        Assert.Equal(200, status);
    }
}
