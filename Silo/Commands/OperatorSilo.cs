using System.Net;
using System.Net.Sockets;
using JobTracker.Configuration;
using JobTracker.Gateway;
using JobTracker.Silo.Storage;
using Orleans.Configuration;

namespace JobTracker.Silo.Commands;

/// <summary>
/// A silo for one command, with no HTTP and on ports of its own: alone on the embedded file, or for a moment a member of the cluster, whose
/// grains it calls as any other does.
/// </summary>
internal static class OperatorSilo
{
    /// <exception cref="OperatorException">It cannot be done, and why.</exception>
    public static async Task<T> RunAsync<T>(string[] configuration, Func<IGrainFactory, Task<T>> work, CancellationToken cancellation)
    {
        var builder = Host.CreateApplicationBuilder(configuration);
        builder.AddHostDefaults();
        builder.Configuration["Cluster:SiloPort"] = Port();
        // What goes wrong is told as the command's own answer.
        builder.Logging.ClearProviders();
        builder.AddJobTrackerSilo(waitsForDatabase: false);
        // No client may come by it, and be left alone when it goes.
        builder.Services.PostConfigure<EndpointOptions>(
            endpoints => (endpoints.GatewayPort, endpoints.GatewayListeningEndpoint) = (0, null));
        using var host = builder.Build();
        if (KnownKeys.Refusal(builder.Configuration, host.Services.GetServices<KnownKey>()) is { } unknown)
            throw new OperatorException(unknown);
        try
        {
            await host.StartAsync(cancellation);
            var done = await work(host.Services.GetRequiredService<IGrainFactory>());
            await host.StopAsync(CancellationToken.None);
            return done;
        }
        catch (FileInUseException problem)
        {
            throw new OperatorException(problem.Message);
        }
        catch (Exception problem) when (problem is not (OperatorException or OperationCanceledException))
        {
            throw new OperatorException($"It could not be done: {problem.Message}");
        }
    }

    private static string Port()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
