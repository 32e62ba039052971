using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;

namespace JobTracker.Silo.Commands;

/// <summary>
/// A silo for one command, with no HTTP and on ports of its own: alone on the embedded file, or for a moment a member of the cluster, whose
/// grains it calls as any other does.
/// </summary>
internal static class OperatorSilo
{
    public static async Task<T> RunAsync<T>(string[] settings, Func<IGrainFactory, Task<T>> work, CancellationToken cancellation)
    {
        using var host = OperatorHost.Build(settings, builder =>
        {
            builder.Configuration["Cluster:SiloPort"] = Port();
            // No client may come by it, and be left alone when it goes.
            builder.Services.PostConfigure<EndpointOptions>(
                endpoints => (endpoints.GatewayPort, endpoints.GatewayListeningEndpoint) = (0, null));
        });
        await host.StartAsync(cancellation);
        var done = await work(host.Services.GetRequiredService<IGrainFactory>());
        await host.StopAsync(CancellationToken.None);
        return done;
    }

    private static string Port()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
