using System.Net.Sockets;
using System.Text;
using JobTracker.Gateway.Requests.Bodies;

namespace JobTracker.Tests.Integration.Gateway;

/// <summary>How many bytes of bodies of one organization may be in a gateway's memory.</summary>
public sealed class BodyRoomTests
{
    private const int Large = 1 << 20;

    [Fact]
    public async Task A_large_body_that_is_under_way_leaves_no_room_for_more_of_the_same_organization()
    {
        await using var host = await StartAsync(("Limits:ListWait", "00:00:00"));
        using var slow = await HeldAsync(host, "org-a");
        var (mine, other) = (host.Caller("org-a"), host.Caller("org-b"));

        var refused = await mine.PostAsync("/v1/jobs/bulk", Bulk(Large));

        Assert.Equal(("429 too_many_body_bytes", "1"), (refused.Problem, refused.Header("Retry-After")));
        Assert.Equal("429 too_many_body_bytes", (await mine.PostAsync("/v1/batches", Bulk(Large))).Problem);
        await mine.CreateAsync(); // a small one has room at all times
        (await other.PostAsync("/v1/jobs/bulk", Bulk(Large))).Ok();
    }

    [Fact]
    public async Task A_large_body_waits_for_room_and_has_it_when_the_one_before_it_is_gone()
    {
        await using var host = await StartAsync(("Limits:ListWait", "00:01:00"));
        var slow = await HalfSentAsync(host, "org-a");
        var waiting = host.Caller("org-a").PostAsync("/v1/jobs/bulk", Bulk(Large));

        slow.Dispose();

        (await waiting).Ok();
    }

    [Fact]
    public async Task Many_large_bodies_at_once_are_all_taken_one_after_the_other()
    {
        await using var host = await StartAsync(("Limits:ListWait", "00:01:00"));
        var api = host.Caller("org-a");

        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => api.PostAsync("/v1/jobs/bulk", Bulk(Large)))))
            answer.Ok();
    }

    [Fact]
    public async Task What_is_of_64_KiB_needs_no_room_and_one_byte_more_does()
    {
        await using var host = await StartAsync(("Limits:ListWait", "00:00:00"));
        using var slow = await HeldAsync(host, "org-a");
        var api = host.Caller("org-a");

        (await api.PostAsync("/v1/jobs/bulk", Bulk(BodyRoom.Small))).Ok();
        Assert.Equal("429 too_many_body_bytes", (await api.PostAsync("/v1/jobs/bulk", Bulk(BodyRoom.Small + 1))).Problem);
    }

    private static string Bulk(int bytes) => """{"jobs":[{}]}""".PadRight(bytes);

    /// <summary>Room for one body of the largest size.</summary>
    private static async Task<GatewayHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var host = new GatewayHost([
            ("Limits:BulkBodyBytes", $"{Large}"), ("Limits:BatchJsonBytes", $"{Large}"), ("Limits:BatchItemBytes", $"{Large}"),
            ("Limits:OrganizationBodyBytes", $"{Large}"), .. settings]);
        await host.InitializeAsync();
        return host;
    }

    /// <summary>The same, once there is no room beside it.</summary>
    private static async Task<TcpClient> HeldAsync(GatewayHost host, string organization)
    {
        while (true)
        {
            var client = await HalfSentAsync(host, organization);
            for (var look = 0; look < 20; look++)
            {
                if ((await host.Caller(organization).PostAsync("/v1/jobs/bulk", Bulk(Large))).Status == 429)
                    return client;
            }

            client.Dispose(); // it came second, and was turned away itself
        }
    }

    /// <summary>Sends half of a large body.</summary>
    private static async Task<TcpClient> HalfSentAsync(GatewayHost host, string organization)
    {
        var address = new Uri(host.Address);
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(address.Host, address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /v1/jobs/bulk HTTP/1.1\r\nHost: {address.Authority}\r\n{TestCallers.Organization}: {organization}\r\n{TestCallers.User}: u\r\n"
            + $"{TestCallers.Scopes}: jobs:write\r\nContent-Type: application/json\r\nContent-Length: {Large}\r\n\r\n"));
        await stream.WriteAsync(Encoding.ASCII.GetBytes(Bulk(Large / 2)));
        return client;
    }
}
