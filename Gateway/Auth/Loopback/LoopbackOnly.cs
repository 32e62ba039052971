using System.Net;
using JobTracker.Configuration;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Auth.Loopback;

/// <summary>Stops the process when Auth:Mode is none and HTTP is bound to an address that other machines can reach.</summary>
internal sealed class LoopbackOnly(IServer server, IOptions<AuthOptions> auth) : IHostedLifecycleService
{
    /// <summary>True for localhost, loopback addresses and Unix sockets. Any other host name binds to every address.</summary>
    public static bool IsLoopback(string address)
    {
        var host = BindingAddress.Parse(address).Host;
        return host.StartsWith("unix:/", StringComparison.Ordinal)
            || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
    }

    /// <summary>The server is bound by now, so that these are the true addresses, however they were configured.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var open = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault(address => !IsLoopback(address));
        if (open is not null && auth.Value.Mode == AuthOptions.None)
            throw new StartRefusedException(
                $"Auth:Mode is 'none' and HTTP is bound to {open}: without authentication only loopback addresses are served. Change "
                    + $"urls, or Auth:Mode.");
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
