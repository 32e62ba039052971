using JobTracker.Gateway.Sessions;
using Microsoft.AspNetCore.Http;

namespace JobTracker.Tests.Unit.Gateway.Sessions;

/// <summary>Whose page opens a socket: host and port count, and not the scheme, which a proxy may have changed.</summary>
public sealed class SocketOriginTests
{
    [Theory]
    [InlineData("jobs.example.org", "https://jobs.example.org", false)]
    [InlineData("jobs.example.org", "http://jobs.example.org", false)]
    [InlineData("JOBS.example.org", "https://jobs.example.org", false)]
    [InlineData("localhost:8080", "http://localhost:8080", false)]
    [InlineData("[::1]:8080", "http://[::1]:8080", false)]
    [InlineData("localhost:8080", "http://localhost:8081", true)]
    [InlineData("localhost:8080", "http://127.0.0.1:8080", true)]
    [InlineData("localhost:8080", "http://localhost", true)]
    [InlineData("jobs.example.org", "https://jobs.example.org.elsewhere.example", true)]
    [InlineData("jobs.example.org", "https://elsewhere.example", true)]
    [InlineData("jobs.example.org", "null", true)]
    [InlineData("jobs.example.org", "nonsense", true)]
    public void A_page_of_another_host_or_port_is_foreign(string host, string origin, bool isForeign) =>
        Assert.Equal(isForeign, SocketOrigin.IsForeign(Request(host, origin, upgrade: "websocket")));

    [Theory]
    [InlineData("websocket", true)]
    [InlineData("WebSocket", true)]
    [InlineData(null, false)]
    public void Who_opens_a_socket_says_whose_page_he_is(string? upgrade, bool isForeign) =>
        Assert.Equal(isForeign, SocketOrigin.IsForeign(Request("localhost", origin: null, upgrade)));

    private static DefaultHttpContext Request(string host, string? origin, string? upgrade)
    {
        var http = new DefaultHttpContext { Request = { Host = new HostString(host) } };
        if (origin is not null)
            http.Request.Headers.Origin = origin;
        if (upgrade is not null)
            http.Request.Headers.Upgrade = upgrade;
        return http;
    }
}
