using System.Net.Sockets;
using System.Text;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Gateway;

/// <summary>How much of lists may be on its way, and what becomes of those who do not read it.</summary>
public sealed class BytesInFlightTests
{
    private const string RoomForOnePage = "8388608";

    private static readonly string LargeJob = $$"""{"metadata":{{Member()}},"request_config":{{Member()}} }""";

    [Fact]
    public async Task Pages_that_are_not_read_leave_no_room_for_more_of_the_same_organization()
    {
        await using var host = await StartAsync(("Limits:ListWait", "00:00:00"));
        var (mine, other) = (await FilledAsync(host, "org-a"), await FilledAsync(host, "org-b"));
        using var silent = await SilentReader.AskAsync(host.Address, "org-a");

        var refused = await mine.GetAsync("/v1/jobs?limit=1");
        Assert.Equal(("429 too_many_bytes_in_flight", "1"), (refused.Problem, refused.Header("Retry-After")));
        Assert.Equal("429 too_many_bytes_in_flight", (await mine.GetAsync("/v1/jobs/active")).Problem);
        Assert.Equal("429 too_many_bytes_in_flight", (await mine.GetAsync("/v1/batches")).Problem);
        Assert.Equal("429 too_many_bytes_in_flight", (await mine.GetAsync($"/v1/batches/batch-{Guid.CreateVersion7()}/items")).Problem);
        Assert.Single((await other.GetAsync("/v1/jobs?limit=1")).Ok().Ids);
        (await mine.GetAsync("/v1/jobs/stats")).Ok();
    }

    [Fact]
    public async Task Who_never_reads_a_page_is_cut_off_and_a_list_that_waits_gets_its_room()
    {
        await using var host = await StartAsync(
            ("Limits:ListWait", "00:01:00"), ("Limits:ResponseBytesPerSecond", "4194304"), ("Limits:ResponseGrace", "00:00:02"));
        var api = await FilledAsync(host, "org-a");
        using var silent = await SilentReader.AskAsync(host.Address, "org-a");

        Assert.Single((await api.GetAsync("/v1/jobs?limit=1")).Ok().Ids);
        await Assert.ThrowsAsync<SocketException>(silent.ReadToEndAsync);
    }

    [Fact]
    public async Task Who_hangs_up_gives_the_room_back()
    {
        await using var host = await StartAsync(("Limits:ListWait", "00:01:00"));
        var api = await FilledAsync(host, "org-a");
        var silent = await SilentReader.AskAsync(host.Address, "org-a");
        var waiting = api.GetAsync("/v1/jobs?limit=1");

        silent.Dispose();

        Assert.Single((await waiting).Ok().Ids);
    }

    [Fact]
    public async Task Lists_that_find_no_room_wait_for_it_in_turn()
    {
        await using var host = await StartAsync(
            ("Limits:ListWait", "00:01:00"), ("Limits:PageBytes", "16384"), ("Limits:OrganizationBytesInFlight", "32768"));
        var api = host.Caller("org-a");
        await api.CreateAsync();

        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => api.GetAsync("/v1/jobs"))))
            Assert.Single(answer.Ok().Ids);
    }

    [Fact]
    public async Task An_event_stream_that_has_nothing_to_tell_is_not_slow()
    {
        await using var host = await StartAsync(
            ("Limits:ResponseBytesPerSecond", "4194304"), ("Limits:ResponseGrace", "00:00:02"), ("Limits:StreamComment", "00:00:04"));
        var api = host.Caller("org-a");
        var id = await api.CreateAsync();
        using var answer = await api.OpenAsync($"/v1/jobs/{id}/events");
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.StartsWith("data:", await lines.ReadLineAsync().Soon());

        while (await lines.ReadLineAsync().Soon() is { } line && !line.StartsWith(':'))
            Assert.DoesNotContain("deleted", line);
        await api.DeleteAsync($"/v1/jobs/{id}");

        Assert.Contains("event: deleted", await lines.ReadToEndAsync().Soon());
    }

    private static async Task<GatewayHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var host = new GatewayHost([("Limits:OrganizationBytesInFlight", RoomForOnePage), .. settings]);
        await host.InitializeAsync();
        return host;
    }

    /// <summary>With more of large jobs than the kernel's buffers take of a page.</summary>
    private static async Task<ApiClient> FilledAsync(GatewayHost host, string organization)
    {
        var api = host.Caller(organization);
        (await api.PostAsync("/v1/jobs/bulk", $$"""{"jobs":[{{string.Join(',', Enumerable.Repeat(LargeJob, 60))}}]}""")).Ok();
        return api;
    }

    private static string Member() => $$"""{"a":"{{new string('x', (64 << 10) - """{"a":""}""".Length)}}"}""";

    /// <summary>Has the head of a page of 60 large jobs, and reads no further.</summary>
    private sealed class SilentReader : IDisposable
    {
        private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };

        public static async Task<SilentReader> AskAsync(string address, string organization)
        {
            var (server, reader) = (new Uri(address), new SilentReader());
            await reader._socket.ConnectAsync(server.Host, server.Port);
            var identity =
                $"{TestCallers.Organization}: {organization}\r\n{TestCallers.User}: user-1\r\n{TestCallers.Scopes}: jobs:read\r\n";
            await reader._socket.SendAsync(Encoding.ASCII.GetBytes($"GET /v1/jobs HTTP/1.1\r\nHost: localhost\r\n{identity}\r\n"));
            await reader._socket.ReceiveAsync(new byte[16]).Soon();
            return reader;
        }

        public async Task ReadToEndAsync()
        {
            var buffer = new byte[1 << 16];
            while (await _socket.ReceiveAsync(buffer).Soon() > 0)
            {
                // Only how it ends matters.
            }
        }

        public void Dispose() => _socket.Dispose();
    }
}
