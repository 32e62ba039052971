using System.Net;
using System.Net.Sockets;
using JobTracker.Configuration;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace JobTracker.Silo.Clustering;

/// <summary>Finds out before the silo does that it cannot listen, whose words do not name the setting.</summary>
internal sealed class FreePorts(IOptions<EndpointOptions> endpoints) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var own = endpoints.Value;
        Check("Cluster:SiloPort", own.SiloListeningEndpoint ?? new IPEndPoint(own.AdvertisedIPAddress!, own.SiloPort));
        if (own.GatewayPort != 0)
            Check("Cluster:GatewayPort", own.GatewayListeningEndpoint ?? new IPEndPoint(own.AdvertisedIPAddress!, own.GatewayPort));
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static void Check(string setting, IPEndPoint endpoint)
    {
        using var probe = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(endpoint);
        }
        catch (SocketException problem)
        {
            throw new StartRefusedException($"{setting}: {endpoint} cannot be listened on: {problem.Message}.", problem);
        }
    }
}
